import type { Signal } from '@preact/signals';
import type { Run } from './runs';

/** The runs that somebody reads: those that have come since wait until they are asked for, so that no line moves. */
export interface Held { newest: number; ids: Set<string> }

/** As they are now, newest first. */
export function hold(order: Signal<Run>[]): Held {
  const newest = order[0]?.peek().created ?? 0;
  return { newest, ids: new Set(order.map(row => row.peek()).filter(run => run.created >= newest).map(run => run.id)) };
}

/** Older runs that become known later belong to those that are read. */
export function isHeld(held: Held | null, run: Run): boolean {
  return held === null || run.created < held.newest || held.ids.has(run.id);
}
