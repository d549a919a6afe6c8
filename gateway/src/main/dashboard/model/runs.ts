import { signal, type Signal } from '@preact/signals';

/** A run as a line of the list; times are seconds since 1970. */
export interface Run {
  id: string;
  kind: 'job' | 'orchestration';
  name?: string;
  /** who has submitted it, where that is known */
  owner?: string;
  status: string;
  handler: string;
  items: number;
  done: number;
  failed: number;
  inFlight: number;
  lines: number;
  linesPerItem?: number;
  rejected: number;
  where: string;
  created: number;
  ended?: number;
  rate?: number;
  due?: number;
  reason?: string;
}
export interface RowChanges { whole: boolean; rows: (Partial<Run> & { id: string })[]; gone: string[] }
export interface Filter { status: string; kind: string; text: string }

export const STATUSES = ['Pending', 'Running', 'Suspended', 'Finalizing', 'Complete', 'CompleteWithErrors', 'Failed', 'Canceled'] as const;
const KEPT_SECONDS = 3_300;

/** All runs that are known, each in a signal of its own: a change touches one row. */
export class Runs {
  private readonly rows = new Map<string, Signal<Run>>();
  /** newest first */
  readonly order = signal<Signal<Run>[]>([]);
  /** whether the gateway has told all that there is */
  readonly known = signal(false);

  take(changes: RowChanges, now: number): void {
    let moved = false;
    const told = new Set(changes.rows.map(row => row.id));
    for (const row of changes.rows) moved = this.put(row, changes.whole) || moved;
    const gone = changes.whole ? [...this.rows.keys()].filter(id => !told.has(id)) : changes.gone;
    for (const id of gone) moved = this.drop(id, now) || moved;
    if (moved) this.sort();
    this.known.value = true;
  }

  /** Older runs, which are told once. */
  add(older: Run[]): void {
    for (const row of older) if (!this.rows.has(row.id)) this.rows.set(row.id, signal(row));
    this.sort();
  }

  private put(row: Partial<Run> & { id: string }, whole: boolean): boolean {
    const known = this.rows.get(row.id);
    if (known === undefined) {
      this.rows.set(row.id, signal(row as Run));
      return true;
    }
    const before = known.value;
    known.value = whole ? (row as Run) : withoutNulls({ ...before, ...row });
    return known.value.created !== before.created;
  }

  /** One that ended long ago is not told any more, but still there; any other was deleted. */
  private drop(id: string, now: number): boolean {
    const ended = this.rows.get(id)?.value.ended;
    if (ended !== undefined && now - ended > KEPT_SECONDS) return false;
    return this.rows.delete(id);
  }

  private sort(): void {
    this.order.value = [...this.rows.values()].sort((a, b) => b.peek().created - a.peek().created || (a.peek().id < b.peek().id ? -1 : 1));
  }
}

export function accepts(filter: Filter, run: Run): boolean {
  const text = filter.text.toLowerCase();
  return (filter.status === '' || run.status === filter.status)
    && (filter.kind === '' || run.kind === filter.kind)
    && (text === '' || run.id.toLowerCase().includes(text) || (run.name ?? '').toLowerCase().includes(text));
}

export function isOpen(status: string): boolean {
  return status === 'Pending' || status === 'Running' || status === 'Suspended' || status === 'Finalizing';
}

function withoutNulls(row: Run): Run {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as unknown as Run;
}
