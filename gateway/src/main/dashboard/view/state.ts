import { effect, signal } from '@preact/signals';
import type { Cluster } from '../model/cluster';
import { type ItemsTold, LookedAt, type PodsTold, type RunPage } from '../model/looked-at';
import { parse, type Route } from '../model/route';
import { type RowChanges, Runs } from '../model/runs';
import { Series } from '../model/series';
import { headers } from '../transport/api';
import { follow, type Link, type StreamEvent } from '../transport/events';

const SAID_MS = 10_000;
const DRAW_MS = 200;
/** how far the browser's clock is behind the gateway's */
let skew = 0;

/** What the page knows. Views read signals; the stream writes them. */
export const route = signal<Route>(parse(location.hash));
export const link = signal<{ state: Link; since: number }>({ state: 'connecting', since: seconds() });
export const now = signal(seconds());
export const runs = new Runs();
export const series = new Series();
export const seriesChanged = signal(0);
/** null: there is none; undefined: nobody has said yet */
export const cluster = signal<Cluster | null | undefined>(undefined);
/** when the watcher has written last; 0: never */
export const watcherAt = signal<number | undefined>(undefined);
export const trouble = signal('');
export const lookedAt = signal<LookedAt | null>(null);
/** who looks, and what they may do: until it is known, everything, for the gateway has the last word */
export const me = signal<{ user?: string; rights: string[] }>({ rights: ['admin'] });
/** a file that was dropped somewhere on the page */
export const dropped = signal<File | null>(null);
/** the answer to what the user has done last */
export const said = signal('');

function seconds(): number {
  return Date.now() / 1000 + skew;
}

const take: Record<string, (data: never) => void> = {
  hello: (data: { now: number; resumed: boolean; rights: string[]; user?: string }) => {
    me.value = data;
    skew = data.now - Date.now() / 1000;
    now.value = data.now;
    trouble.value = '';
  },
  series: data => {
    series.replace(data);
    drawSoon();
  },
  point: data => {
    series.take(data);
    drawSoon();
  },
  runs: (data: RowChanges) => runs.take(data, now.peek()),
  cluster: (data: { cluster: Cluster | null }) => (cluster.value = data.cluster),
  watcher: (data: { at: number }) => (watcherAt.value = data.at),
  run: (data: RunPage) => {
    const looked = lookedAt.peek();
    if (looked !== null) looked.page.value = data;
  },
  pods: (data: PodsTold) => {
    const looked = lookedAt.peek();
    if (looked !== null) looked.pods.value = data;
  },
  items: (data: ItemsTold) => lookedAt.peek()?.take(data),
  problem: (data: { title: string; detail: string }) => (trouble.value = `${data.title}. ${data.detail}.`),
};

function receive(event: StreamEvent): void {
  if (event.type !== 'problem' && event.id !== '') trouble.value = '';
  take[event.type]?.(JSON.parse(event.data) as never);
}

function setLink(state: Link): void {
  const before = link.peek();
  const lost = (s: Link) => s === 'waiting' || s === 'connecting';
  link.value = { state, since: lost(state) && lost(before.state) ? before.since : seconds() };
}

let drawing: ReturnType<typeof setTimeout> | undefined;

/** Points may come faster than anybody sees them. */
function drawSoon(): void {
  drawing ??= setTimeout(() => {
    drawing = undefined;
    seriesChanged.value++;
  }, DRAW_MS);
}

let stop = () => {};
let watched = '';

/** One stream a tab, for what it shows; again after a key was given. */
export function watch(again = false): void {
  const { name, id } = route.peek();
  const view = name === 'run' ? `run:${id}` : 'overview';
  if (view === watched && !again) return;
  watched = view;
  stop();
  if (name === 'run' && lookedAt.peek()?.id !== id) lookedAt.value = new LookedAt(id);
  stop = follow(`dashboard/events?view=${encodeURIComponent(view)}`, { headers, event: receive, link: setLink });
}

/** Why whoever looks may not command what this owner has submitted; '' if they may. */
export function whyNotCommand(owner: string | undefined): string {
  const { user, rights } = me.value;
  if (rights.includes('admin')) return '';
  if (!rights.includes('submit')) return 'Your key may look, and no more.';
  return owner !== undefined && owner === user ? '' : `Only who has submitted it may do this${owner === undefined ? '' : `: ${owner}`}.`;
}

/** Why whoever looks may not submit; '' if they may. */
export function whyNotSubmit(): string {
  const { rights } = me.value;
  return rights.includes('admin') || rights.includes('submit') ? '' : 'Your key may look, and not submit.';
}

export function start(): void {
  addEventListener('hashchange', () => {
    route.value = parse(location.hash);
    said.value = '';
  });
  setInterval(() => {
    now.value = seconds();
  }, 1000);
  effect(() => {
    route.value;
    watch();
  });
  effect(() => {
    if (said.value === '') return undefined;
    const forget = setTimeout(() => (said.value = ''), SAID_MS);
    return () => clearTimeout(forget);
  });
}
