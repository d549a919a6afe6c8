import type { RunPage } from '../model/looked-at';
import { isOpen } from '../model/runs';
import { duration, moment, utc } from './format';
import { now } from './state';

/** What happens until a step, in the order of things. */
const DOING: Record<string, string> = {
  started: 'Waiting for the watcher',
  dispatched: 'Writing the first messages',
  'first item': 'Waiting for a worker, and the first item computed',
  'last item': 'Computing',
  ended: 'Merging the results',
};
const NAMES: Record<string, string> = { ended: 'results' };
const ORDER = ['accepted', 'started', 'dispatched', 'first item', 'last item', 'ended'];

/** From submit to results, on one scale; the longest wait is named. */
export function Timeline({ page }: { page: RunPage }) {
  const steps = page.timeline ?? [];
  if (steps.length === 0) return null;
  const first = steps[0]!.at;
  const end = isOpen(page.status) ? now.value : (steps.at(-1)?.at ?? now.value);
  const all = Math.max(0.001, end - first);
  const bars = steps.slice(1).map((step, at) => ({ name: step.step, after: steps[at]!.step, from: steps[at]!.at, to: step.at, open: false }));
  const last = steps.at(-1)!;
  const next = ORDER[ORDER.indexOf(last.step) + 1];
  if (isOpen(page.status) && next !== undefined) bars.push({ name: next, after: last.step, from: last.at, to: now.value, open: true });
  const waits = bars.filter(bar => bar.name !== 'last item');
  const longest = waits.reduce((a, b) => (a === undefined || b.to - b.from > a.to - a.from ? b : a), waits[0]);
  return (
    <section class="card" aria-labelledby="timeline-title">
      <div class="head">
        <h2 id="timeline-title">From submit to results</h2>
        <span class="hint">{duration(all)} in all</span>
      </div>
      <ol class="timeline">
        {bars.map(bar => (
            <li key={bar.name}>
              <span class="stretch">{bar.after} → {NAMES[bar.name] ?? bar.name}<small>{DOING[bar.name] ?? ''}{bar === longest && bar.to - bar.from > 1 && bars.length > 1 ? ' · the longest wait' : ''}</small></span>
              <span class="track" aria-hidden="true"><span class={bar.name === 'last item' ? 'work' : 'wait'} style={{ marginLeft: `${((bar.from - first) / all) * 100}%`, width: `${Math.max(0.4, ((bar.to - bar.from) / all) * 100)}%` }} /></span>
              <span class="n" title={utc(bar.to)}>{duration(bar.to - bar.from)}{bar.open && ' so far'}</span>
            </li>
        ))}
      </ol>
      <p class="hint">Accepted {moment(first, now.value)}{!isOpen(page.status) && `, ended ${moment(end, now.value)}`}</p>
    </section>
  );
}
