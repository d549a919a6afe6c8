import type { LookedAt, PodsTold, RunPage } from '../model/looked-at';
import { changed } from '../model/route';
import { isOpen } from '../model/runs';
import { Actions } from './actions';
import { age, bytes, count, duration, moment, number, percent, rate, utc, zone } from './format';
import { Status } from './icon';
import { ItemPanel } from './item';
import { ItemGrid } from './item-grid';
import { Rejected } from './rejected';
import { Progress } from './run-row';
import { link, lookedAt, now, route } from './state';
import { Timeline } from './timeline';

export function RunScreen({ id }: { id: string }) {
  const looked = lookedAt.value;
  if (link.value.state === 'unknown' && looked?.page.value == null) return <Missing id={id} text="There is no such run, or it was deleted." />;
  if (looked === null || looked.id !== id || looked.page.value === null) return <Loading id={id} />;
  const page = looked.page.value;
  return page.gone ? <Missing id={id} text="This run was deleted." /> : <Seen looked={looked} page={page} />;
}

function Path({ id }: { id: string }) {
  return <p class="path"><a href="#/runs">Runs</a> / <span>{id}</span></p>;
}

function Missing({ id, text }: { id: string; text: string }) {
  return <><Path id={id} /><h1>{text}</h1><p><a href="#/runs">All runs</a></p></>;
}

function Loading({ id }: { id: string }) {
  return <><Path id={id} /><h1>Run</h1><section class="card frame" aria-busy="true"><p class="hint late">Asking the gateway …</p></section></>;
}

function Seen({ looked, page }: { looked: LookedAt; page: RunPage }) {
  const item = Number(route.value.query.get('item'));
  return (
    <>
      <Path id={page.id} />
      <div class="title">
        <h1>{page.name ?? page.handler ?? page.id}</h1>
        <Status status={page.status} />
        <Actions page={page} />
      </div>
      {page.items !== undefined && <Facts page={page} />}
      {page.items === undefined && <p class="facts">It has not begun a step yet.</p>}
      {page.reason !== undefined && <p class="reason">{page.reason}</p>}
      {page.output !== undefined && <p class="facts">Result: <code>{page.output}</code></p>}
      {page.items !== undefined && <ItemGrid looked={looked} />}
      {item > 0 && <ItemPanel looked={looked} at={item} />}
      {(page.failures?.length ?? 0) > 0 && <FailedItems page={page} />}
      {page.kind === 'job' && page.rejected > 0 && <Rejected path={`jobs/${encodeURIComponent(page.id)}/errors`} count={page.rejected} title="Rejected lines" />}
      <Timeline page={page} />
      {page.place !== undefined && <Place place={page.place} told={looked.pods.value} />}
    </>
  );
}

function Place({ place, told: { burst, pods } }: { place: string; told: PodsTold }) {
  return (
    <section class="card" aria-labelledby="place-title">
      <h2 id="place-title">Where it runs</h2>
      <p>{place}</p>
      {burst !== undefined && <p>Asked for {count(burst.asked, 'pod')}, {number(burst.running)} running{burst.reason === undefined ? '' : `: ${burst.reason}`}</p>}
      {pods.length > 0 && (
        <table>
          <thead><tr><th scope="col">Pod</th><th scope="col">Node</th><th scope="col">Phase</th><th scope="col">For</th></tr></thead>
          <tbody>{pods.map(pod => <tr key={pod.name}><td>{pod.name}</td><td>{pod.node ?? '–'}</td><td>{pod.phase}{pod.reason === undefined ? '' : `: ${pod.reason}`}</td><td>{age(now.value - pod.since)}</td></tr>)}</tbody>
        </table>
      )}
    </section>
  );
}

function Facts({ page }: { page: RunPage }) {
  const settled = page.done + page.failed;
  const facts = [
    `of ${count(page.items, 'item')}`,
    page.owner === undefined ? '' : `of ${page.owner}`,
    page.kind === 'job' ? count(page.lines, 'line') : `step ${number(page.step ?? 1)}`,
    page.bytes === undefined ? '' : bytes(page.bytes),
    page.rate === undefined ? '' : rate(page.rate, page.kind === 'job' ? ' lines' : ' items'),
    page.status === 'Running' && page.due !== undefined ? `about ${duration(Math.max(0, page.due - now.value))} left` : '',
    page.ended !== undefined && !isOpen(page.status) ? `took ${duration(page.ended - page.created)}` : '',
  ].filter(fact => fact !== '');
  return (
    <>
      <Progress settled={settled} failed={page.failed} all={page.items} name={page.name ?? page.id} />
      <p class="facts">
        <strong>{percent(settled, page.items)}</strong> {facts.join(' · ')} · <span title={utc(page.created)}>submitted {moment(page.created, now.value)} ({zone}), {age(now.value - page.created)} ago</span>
      </p>
    </>
  );
}

function FailedItems({ page }: { page: RunPage }) {
  const failures = page.failures ?? [];
  return (
    <section class="card" aria-labelledby="failed-title">
      <div class="head">
        <h2 id="failed-title">Failed items</h2>
        <span class="hint">{number(failures.length)} of {number(page.failed)} shown</span>
      </div>
      <div class="scroll">
        <table>
          <thead><tr><th scope="col">Item</th><th scope="col">Lines</th><th scope="col">Reason</th></tr></thead>
          <tbody>
            {failures.map(({ item, reason }) => (
              <tr key={item}>
                <td><a href={changed(route.value, { item: String(item + 1) })}>{number(item + 1)}</a></td>
                <td>{lines(page, item)}</td>
                <td class="text">{reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function lines(page: RunPage, item: number): string {
  const per = page.linesPerItem;
  return per === undefined ? '–' : `${number(item * per + 1)} – ${number(Math.min((item + 1) * per, page.lines))}`;
}
