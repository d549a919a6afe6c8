import { type Signal, useComputed, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { type Held, hold, isHeld } from '../model/held';
import { changed } from '../model/route';
import { accepts, type Run } from '../model/runs';
import { FailureBox } from './failure';
import { filterOf, Filters } from './filters';
import { count, number } from './format';
import { older } from './history';
import { RunRow } from './run-row';
import { route, runs } from './state';

const PAGE = 50;

export function RunList() {
  const filter = filterOf(route.value);
  const page = Math.max(1, Number(route.value.query.get('page')) || 1);
  const last = useRef<Signal<Run>[]>([]);
  const matching = useComputed(() => {
    const wanted = filterOf(route.value);
    const found = runs.order.value.filter(row => accepts(wanted, row.value));
    // the same list as long as it has the same rows: these change by themselves
    return (last.current = isSame(found, last.current) ? last.current : found);
  }).value;
  const table = useRef<HTMLTableElement>(null);
  const held = useSignal<Held | null>(null);
  const known = runs.known.value;
  useEffect(() => {
    const look = () => {
      const isRead = scrollY > 0 || page > 1 || table.current?.contains(document.activeElement) === true;
      if (!isRead) held.value = null;
      else if (known) held.value ??= hold(runs.order.peek());
    };
    look();
    const events = ['scroll', 'focusin', 'focusout'];
    events.forEach(event => addEventListener(event, look, { passive: true }));
    return () => events.forEach(event => removeEventListener(event, look));
  }, [page, known]);
  const read = matching.filter(row => isHeld(held.value, row.peek()));
  const newer = matching.length - read.length;
  const showNewer = () => {
    held.value = null;
    scrollTo({ top: 0 });
    if (page > 1) location.hash = changed(route.value, { page: '' });
  };
  const shown = read.slice((page - 1) * PAGE, page * PAGE);
  const enough = read.length > page * PAGE;
  const more = !older.exhausted.value;
  const loading = older.loading.value;
  useEffect(() => {
    // each page costs storage a read for every run: further back only if somebody asks for it
    if (!enough && more && !loading && older.pages.value < page && older.failure.value === null) void older.more();
  }, [enough, more, loading, page]);
  const first = shown.length === 0 ? 0 : (page - 1) * PAGE + 1;
  return (
    <section class="card" aria-labelledby="runs-title">
      <div class="head">
        <h2 id="runs-title">Runs</h2>
        <Filters filter={filter} />
      </div>
      {newer > 0 && <button type="button" class="newer" onClick={showNewer}>{count(newer, 'newer run')}: show</button>}
      <div class="scroll">
        <table class="runs" ref={table}>
          <thead>
            <tr><th scope="col">Name</th><th scope="col">Status</th><th scope="col">Progress</th><th scope="col" class="n">Rate</th><th scope="col" class="n">Left</th><th scope="col">Where</th><th scope="col" class="n">Age</th></tr>
          </thead>
          <tbody>{shown.map(row => <RunRow key={row.peek().id} row={row} />)}</tbody>
        </table>
      </div>
      {shown.length === 0 && !loading && !more && <p class="hint">No run is like this. <a href="#/runs">Show all</a></p>}
      {shown.length === 0 && loading && <p class="hint">Looking for runs …</p>}
      {older.failure.value !== null && <FailureBox what="Older runs could not be read" failure={older.failure.value} again={() => void older.more()} />}
      <nav class="pages" aria-label="Pages of runs">
        <span>{number(first)}–{number(first === 0 ? 0 : first + shown.length - 1)} of {number(read.length)}{more ? ' or more' : ''}</span>
        {!enough && more && older.pages.value >= page && <button type="button" onClick={() => void older.more()} aria-disabled={loading}>Look further back</button>}
        {page > 1 && <a class="button" href={changed(route.value, { page: page === 2 ? '' : String(page - 1) })}>Newer</a>}
        {enough && <a class="button" href={changed(route.value, { page: String(page + 1) })}>Older</a>}
      </nav>
    </section>
  );
}

function isSame<T>(one: T[], other: T[]): boolean {
  return one.length === other.length && one.every((row, at) => row === other[at]);
}
