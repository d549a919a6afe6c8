import { useState } from 'preact/hooks';
import type { RunPage } from '../model/looked-at';
import { absolute, Failure, request } from '../transport/api';
import { curl } from './command';
import { Confirm, type Question } from './confirm';
import { count } from './format';
import { DownloadLink } from './download';
import { said, whyNotCommand } from './state';

interface Act { name: string; title: string; done: string; method: string; path: string; ask?: (page: RunPage) => Omit<Question, 'command' | 'act'> }

function acts(page: RunPage): Act[] {
  const job = page.kind === 'job';
  const base = job ? `jobs/${encodeURIComponent(page.id)}` : `runtime/webhooks/durabletask/instances/${encodeURIComponent(page.id)}`;
  const failed = count(page.failed, 'failed item');
  return [
    { name: page.status === 'Suspended' ? 'resume' : 'suspend', title: page.status === 'Suspended' ? 'Resume' : 'Suspend', done: page.status === 'Suspended' ? 'It is resumed.' : 'It is suspended: what is in work will be finished.', method: 'POST', path: `${base}/${page.status === 'Suspended' ? 'resume' : 'suspend'}` },
    { name: 'cancel', title: 'Cancel', done: 'It is canceled.', method: 'POST', path: `${base}/${job ? 'cancel' : 'terminate'}`, ask: () => ({ title: 'Cancel this run?', text: 'What is in work is stopped. What is done can still be read; it cannot be resumed.', yes: 'Cancel the run' }) },
    { name: 'rerun', title: page.failed > 0 ? `Rerun ${failed}` : 'Rerun failed', done: `It runs again: ${failed}.`, method: 'POST', path: `${base}/${job ? 'rerun?failedOnly=true' : 'rewind'}` },
    { name: 'delete', title: 'Delete', done: 'It is deleted.', method: 'DELETE', path: base, ask: p => ({ title: 'Delete this run?', text: `Its input, its results and all that is known of ${p.name ?? p.id} are removed for good.`, yes: 'Delete the run' }) },
  ];
}

export function Actions({ page }: { page: RunPage }) {
  const [question, setQuestion] = useState<Question | null>(null);
  const act = async (a: Act) => {
    try {
      await request(a.method, a.path);
      said.value = a.done;
      if (a.name === 'delete') location.hash = '#/runs';
    } catch (error) {
      said.value = error instanceof Failure ? `${a.title}: ${error.detail || error.title}` : String(error);
    }
  };
  const press = (a: Act, whyNot: string) => {
    if (whyNot !== '') {
      said.value = whyNot;
    } else if (a.ask === undefined) {
      void act(a);
    } else {
      setQuestion({ ...a.ask(page), command: curl(a.method, absolute(a.path)), act: () => void act(a) });
    }
  };
  const asCommand = () => {
    const path = page.kind === 'job' ? `jobs/${encodeURIComponent(page.id)}` : `runtime/webhooks/durabletask/instances/${encodeURIComponent(page.id)}`;
    setQuestion({ title: 'The same by command', text: 'Asks how the run is:', yes: '', command: curl('GET', absolute(path)), act: () => {} });
  };
  return (
    <div class="actions" role="group" aria-label="Actions">
      {acts(page).map(a => <ActButton key={a.name} title={a.title} can={whyNotCommand(page.owner) || page.can[a.name]} danger={a.ask !== undefined} press={whyNot => press(a, whyNot)} />)}
      {page.kind === 'job' && <Download page={page} />}
      <button type="button" onClick={asCommand}>Copy as curl</button>
      {question !== null && <Confirm question={question} close={() => setQuestion(null)} />}
    </div>
  );
}

function ActButton({ title, can, danger, press }: { title: string; can: true | string | undefined; danger: boolean; press: (whyNot: string) => void }) {
  const whyNot = typeof can === 'string' ? can : '';
  const id = `why-${title.replace(/\W+/g, '-')}`;
  return (
    <>
      <button type="button" class={danger ? 'danger' : ''} title={whyNot} aria-disabled={whyNot !== ''} aria-describedby={whyNot === '' ? undefined : id} onClick={() => press(whyNot)}>{title}</button>
      {whyNot !== '' && <span id={id} class="unseen">{whyNot}</span>}
    </>
  );
}

function Download({ page }: { page: RunPage }) {
  const can = page.can.download;
  if (can !== true) return <ActButton title="Download" can={can} danger={false} press={whyNot => (said.value = whyNot)} />;
  return <DownloadLink button path={`jobs/${encodeURIComponent(page.id)}/results`} name={`${page.name ?? page.id}.jsonl`}>Download</DownloadLink>;
}
