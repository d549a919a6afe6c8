import { useEffect, useRef, useState } from 'preact/hooks';
import { toRun } from '../model/route';
import { absolute, type Failure, request } from '../transport/api';
import { type Upload, upload } from '../transport/upload';
import { access, Command } from './command';
import { DropPanel } from './drop';
import { FailureBox } from './failure';
import { bytes, duration } from './format';
import { dropped, whyNotSubmit } from './state';

export function Submit() {
  return (
    <>
      <h1>Submit</h1>
      {whyNotSubmit() !== '' && <p class="banner" role="status">{whyNotSubmit()}</p>}
      <div class="two">
        <SubmitJob />
        <StartOrchestration />
      </div>
    </>
  );
}

interface Sending { upload: Upload; since: number; sent: number; all: number }

function SubmitJob() {
  const form = useRef<HTMLFormElement>(null);
  const [sending, setSending] = useState<Sending | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const file = dropped.value;
  const send = (event?: Event) => {
    event?.preventDefault();
    if (file === null || whyNotSubmit() !== '') return;
    setFailure(null);
    const begun: Sending = { upload: upload(file, query(form.current!), sent => setSending({ ...begun, sent })), since: performance.now(), sent: 0, all: file.size };
    setSending(begun);
    begun.upload.done
      .then(id => {
        dropped.value = null;
        location.hash = toRun(id);
      })
      .catch((error: Failure) => {
        setSending(null);
        setFailure(error);
      });
  };
  useEffect(() => () => sending?.upload.cancel(), []);
  return (
    <section class="card" aria-labelledby="job-title">
      <h2 id="job-title">A job: a file of lines</h2>
      <form ref={form} onSubmit={send}>
        <DropPanel />
        <Field name="handler" label="Computation" placeholder="calculator" list="handlers" hint="Without one, the gateway's default" />
        <datalist id="handlers"><option value="calculator" /><option value="identity" /><option value="exec" /></datalist>
        <Field name="itemsPerJob" label="Lines in a part" placeholder="100000" pattern="[1-9][0-9]*" inputMode="numeric" hint="Smaller parts spread better; each costs some requests to storage" />
        <Field name="name" label="Name" placeholder="" hint="For people" />
        {sending === null && <button class="main" aria-disabled={file === null || whyNotSubmit() !== ''} aria-describedby={file === null ? 'no-file' : undefined}>Submit{file === null ? '' : ` ${file.name} (${bytes(file.size)})`}</button>}
        {file === null && sending === null && <p id="no-file" class="hint">Choose a file first.</p>}
      </form>
      {sending !== null && <Sent {...sending} />}
      {failure !== null && <FailureBox what="The job was not submitted" failure={failure} again={() => send()} />}
      <p class="hint">The same by command:</p>
      <Command text={`curl${access()} -T ${file?.name ?? 'lines.json'} -X POST '${absolute('jobs')}'`} />
    </section>
  );
}

function query(form: HTMLFormElement): string {
  const fields = [...new FormData(form)].filter((field): field is [string, string] => typeof field[1] === 'string' && field[1].trim() !== '');
  return fields.length === 0 ? '' : `?${new URLSearchParams(fields)}`;
}

function Sent({ upload, since, sent, all }: Sending) {
  const rate = sent / Math.max(0.001, (performance.now() - since) / 1000);
  return (
    <div class="sent">
      <progress value={sent} max={all} aria-label="Upload" />
      <p>{bytes(sent)} of {bytes(all)} · {bytes(Math.round(rate))}/s{rate > 0 && sent < all && ` · ${duration((all - sent) / rate)} left`}</p>
      <button type="button" onClick={() => upload.cancel()}>Cancel the upload</button>
    </div>
  );
}

function StartOrchestration() {
  const [failure, setFailure] = useState<Failure | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const start = async (event?: Event) => {
    event?.preventDefault();
    if (whyNotSubmit() !== '') return;
    setFailure(null);
    const data = new FormData(form.current!);
    const text = (name: string) => String(data.get(name) ?? '').trim();
    const path = `api/orchestrators/${encodeURIComponent(text('orchestration'))}`;
    const inputs = text('inputs');
    try {
      const answer = inputs === ''
        ? await request('POST', `${path}?inputCount=${text('count') || '1'}`)
        : await request('POST', path, inputs, { 'Content-Type': 'application/x-ndjson' });
      location.hash = toRun(((await answer.json()) as { id: string }).id);
    } catch (error) {
      setFailure(error as Failure);
    }
  };
  return (
    <section class="card" aria-labelledby="orchestration-title">
      <h2 id="orchestration-title">An orchestration: inputs, reduced to one value</h2>
      <form ref={form} onSubmit={event => void start(event)}>
        <Field name="orchestration" label="Orchestration" value="ComputeOrchestrator" required hint="" />
        <Field name="count" label="Count of inputs" placeholder="1" pattern="[0-9]+" inputMode="numeric" hint="They are made by Freshet" />
        <label class="field">Or the inputs, a JSON text on each line
          <textarea name="inputs" rows={4} spellcheck={false} placeholder={'[1,2]\n[3]'} />
        </label>
        <button class="main" aria-disabled={whyNotSubmit() !== ''}>Start</button>
      </form>
      {failure !== null && <FailureBox what="The orchestration was not started" failure={failure} again={() => void start()} />}
      <p class="hint">The same by command:</p>
      <Command text={`curl${access()} -X POST '${absolute('api/orchestrators/ComputeOrchestrator?inputCount=1000')}'`} />
    </section>
  );
}

interface FieldProps { name: string; label: string; hint: string; value?: string; placeholder?: string; list?: string; pattern?: string; inputMode?: 'numeric'; required?: boolean }

function Field({ name, label, hint, ...rest }: FieldProps) {
  const id = `hint-${name}`;
  return (
    <label class="field">{label}
      <input type="text" name={name} autocomplete="off" {...(hint === '' ? {} : { 'aria-describedby': id })} {...rest} />
      {hint !== '' && <small id={id}>{hint}</small>}
    </label>
  );
}
