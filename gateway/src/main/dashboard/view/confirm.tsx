import { useEffect, useRef } from 'preact/hooks';
import { Command } from './command';

export interface Question { title: string; text: string; yes: string; command: string; act: () => void }

/** Asks before something is lost; the harmless answer has the focus. */
export function Confirm({ question, close }: { question: Question; close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current!.showModal();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby="question" onClose={close}>
      <h2 id="question">{question.title}</h2>
      <p>{question.text}</p>
      {question.command !== '' && <Command text={question.command} />}
      <div class="buttons">
        <button type="button" autofocus onClick={close}>{question.yes === '' ? 'Close' : 'No, leave it'}</button>
        {question.yes !== '' && <button type="button" class="danger" onClick={() => { close(); question.act(); }}>{question.yes}</button>}
      </div>
    </dialog>
  );
}
