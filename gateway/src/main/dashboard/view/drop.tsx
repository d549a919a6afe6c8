import { useRef } from 'preact/hooks';
import { dropped } from './state';

/** A file may be dropped anywhere on the page. */
export function takeDrops(): () => void {
  const over = (event: DragEvent) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  };
  const drop = (event: DragEvent) => {
    const file = event.dataTransfer?.files[0];
    if (file === undefined) return;
    event.preventDefault();
    choose(file);
  };
  addEventListener('dragover', over);
  addEventListener('drop', drop);
  return () => {
    removeEventListener('dragover', over);
    removeEventListener('drop', drop);
  };
}

function choose(file: File): void {
  dropped.value = file;
  if (!location.hash.startsWith('#/submit')) location.hash = '#/submit';
}

export function DropPanel() {
  const input = useRef<HTMLInputElement>(null);
  const file = dropped.value;
  return (
    <div class="drop">
      <p>{file === null ? 'Drop a file of lines here' : file.name}</p>
      <button type="button" onClick={() => input.current!.click()}>{file === null ? 'Choose a file' : 'Choose another file'}</button>
      <input ref={input} type="file" class="unseen" tabIndex={-1} aria-label="File of lines" onChange={event => { const [chosen] = event.currentTarget.files ?? []; if (chosen) choose(chosen); }} />
    </div>
  );
}
