import { useEffect, useState } from 'preact/hooks';
import type { LookedAt } from '../model/looked-at';
import { changed } from '../model/route';
import { type Failure, json } from '../transport/api';
import type { components } from '../transport/schema';
import { DownloadLink } from './download';
import { FailureBox } from './failure';
import { bytes, number } from './format';
import { route } from './state';
import { Rejected } from './rejected';

type Item = components['schemas']['ItemDocument'];

/** One item, counted from 1 as people do. */
export function ItemPanel({ looked, at }: { looked: LookedAt; at: number }) {
  const [item, setItem] = useState<Item | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const state = looked.items.value?.states[at - 1];
  const load = () => {
    setFailure(null);
    json<Item>(`dashboard/runs/${encodeURIComponent(looked.id)}/items/${at - 1}`).then(setItem, setFailure);
  };
  useEffect(load, [looked.id, at, state]);
  const job = looked.page.value?.kind === 'job';
  const part = `jobs/${encodeURIComponent(looked.id)}`;
  return (
    <section class="card" aria-labelledby="item-title">
      <div class="head">
        <h2 id="item-title">Item {number(at)}</h2>
        <a class="button" href={changed(route.value, { item: '' })}>Close</a>
      </div>
      {failure !== null && <FailureBox what="The item could not be read" failure={failure} again={load} />}
      {item !== null && (
        <dl class="pairs">
          <div><dt>State</dt><dd>{item.state}</dd></div>
          {item.firstLine !== undefined && <div><dt>Lines</dt><dd>{number(item.firstLine)} to {number(item.firstLine + (item.lines ?? 1) - 1)}</dd></div>}
          {item.attempts !== undefined && <div><dt>Failed attempts</dt><dd>{number(item.attempts)}</dd></div>}
          {item.reason !== undefined && <div><dt>Reason</dt><dd class="text">{item.reason}</dd></div>}
          {item.output !== undefined && <div><dt>Output</dt><dd>{job ? <DownloadLink path={`${part}/results?part=${at}`} name={`${looked.id}-part-${at}.jsonl`}>Download ({bytes(item.outputBytes ?? 0)})</DownloadLink> : item.output}</dd></div>}
        </dl>
      )}
      {job && (item?.rejectedLines ?? 0) > 0 && <Rejected path={`${part}/errors?part=${at}`} count={item!.rejectedLines!} title={`Rejected lines of item ${number(at)}`} />}
    </section>
  );
}
