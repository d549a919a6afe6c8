import { useEffect, useRef, useState } from 'preact/hooks';
import { FAILED, type Items, STATES } from '../model/items';
import { changed } from '../model/route';
import type { LookedAt } from '../model/looked-at';
import { number } from './format';
import { ItemMap } from './item-map';
import { route } from './state';

export function ItemGrid({ looked }: { looked: LookedAt }) {
  const host = useRef<HTMLDivElement>(null);
  const map = useRef<ItemMap | null>(null);
  const [cell, setCell] = useState(-1);
  const items = looked.items.value;
  useEffect(() => {
    map.current = new ItemMap(host.current!, at => setCell(at), at => open(looked, at));
    return () => map.current!.remove();
  }, [looked]);
  useEffect(() => {
    if (items !== null) map.current!.show(items);
  }, [items]);
  const changes = looked.changes.value;
  useEffect(() => map.current!.refresh(), [changes]);
  return (
    <section class="card" aria-labelledby="items-title">
      <div class="head">
        <h2 id="items-title">Items</h2>
        {items !== null && <Legend items={items} />}
      </div>
      <div ref={host} class="map" onKeyDown={event => { if (event.key === 'Escape') location.hash = changed(route.peek(), { item: '' }); }} aria-labelledby="items-title" aria-describedby="map-keys" />
      <p class="about">{items === null ? 'Waiting for the items …' : cell < 0 ? (items.perCell > 1 ? `Each cell stands for ${number(items.perCell)} items.` : ' ') : describe(looked, items, cell)}</p>
      <p id="map-keys" class="unseen">Arrows move; F, R and I go to the next that failed, has rejected lines or is in flight; Enter opens, Escape closes.</p>
    </section>
  );
}

function open(looked: LookedAt, cell: number): void {
  const items = looked.items.peek();
  if (items === null) return;
  location.hash = changed(route.peek(), { item: String(interesting(items, cell) + 1) });
}

/** Of several, one that failed. */
function interesting(items: Items, cell: number): number {
  const first = cell * items.perCell;
  const failed = items.states.subarray(first, first + items.perCell).indexOf(FAILED);
  return first + Math.max(0, failed);
}

function describe(looked: LookedAt, items: Items, cell: number): string {
  const page = looked.page.value;
  const first = cell * items.perCell;
  const last = Math.min(first + items.perCell, items.size) - 1;
  const per = page?.linesPerItem;
  const lines = page == null || per === undefined ? '' : ` · lines ${number(first * per + 1)} to ${number(Math.min((last + 1) * per, page.lines))}`;
  if (items.perCell === 1) {
    const reason = page?.failures?.find(failure => failure.item === first)?.reason;
    return `Item ${number(first + 1)}: ${STATES[items.states[first]!]}${lines}${reason === undefined ? '' : ` · ${reason}`}`;
  }
  const counts = STATES.map((name, state) => [items.count(cell, state), name] as const).filter(([count]) => count > 0);
  return `Items ${number(first + 1)} to ${number(last + 1)}: ${counts.map(([count, name]) => `${number(count)} ${name}`).join(', ')}${lines}`;
}

function Legend({ items }: { items: Items }) {
  return (
    <ul class="states">
      {STATES.map((name, state) => (
        <li key={name}><span class={`cell state-${state}`} aria-hidden="true" />{name} <strong>{number(items.totals[state]!)}</strong></li>
      ))}
    </ul>
  );
}
