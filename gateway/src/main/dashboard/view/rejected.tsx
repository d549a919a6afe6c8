import { useEffect, useState } from 'preact/hooks';
import { Failure, firstLines } from '../transport/api';
import { DownloadLink } from './download';
import { FailureBox } from './failure';
import { number } from './format';

const SHOWN = 200;
const LONGEST = 2_000;
interface Line { line: number; reason: string; input: string }
interface Found { lines: Line[]; more: boolean }

/** The first of them; all are a download. */
export function Rejected({ path, count, title }: { path: string; count: number; title: string }) {
  const [found, setFound] = useState<Found | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const load = () => {
    setFailure(null);
    firstLines(path, SHOWN).then(
      ({ lines, more }) => setFound({ lines: lines.map(text => JSON.parse(text) as Line), more }),
      error => setFailure(error instanceof Failure ? error : new Failure('They cannot be understood', String(error), 0)),
    );
  };
  useEffect(load, [path, count]);
  return (
    <section class="card" aria-label={title}>
      <div class="head">
        <h2>{title}</h2>
        <span class="hint">{found === null ? '' : `${number(found.lines.length)} of ${number(count)} shown`} <DownloadLink path={path} name="rejected-lines.jsonl">Download all</DownloadLink></span>
      </div>
      {failure !== null && <FailureBox what="They could not be read" failure={failure} again={load} />}
      {found !== null && <div class="scroll tall" tabIndex={0} role="region" aria-label={`${title}: table`}>
        <table>
          <thead><tr><th scope="col" class="n">Line</th><th scope="col">Reason</th><th scope="col">Input</th></tr></thead>
          <tbody>{found.lines.map(line => <tr key={line.line}><td class="n">{number(line.line)}</td><td class="text">{cut(line.reason)}</td><td><code>{cut(line.input)}</code></td></tr>)}</tbody>
        </table>
      </div>}
    </section>
  );
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
