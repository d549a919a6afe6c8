import { signal } from '@preact/signals';
import { fromBase64, Items } from './items';
import type { Burst, Pod } from './cluster';
import type { Run } from './runs';

export interface Failed { item: number; reason: string }
export interface Happened { step: string; at: number }
/** A run's page; `can` says true, or why not. */
export interface RunPage extends Run {
  gone?: boolean;
  run?: string;
  step?: number;
  steps?: number;
  parallelism?: number;
  bytes?: number;
  linesDone?: number;
  place?: string;
  failures?: Failed[];
  timeline?: Happened[];
  output?: string;
  can: Record<string, true | string>;
}
/** What a run that bursts has for itself. */
export interface PodsTold { burst?: Burst; pods: Pod[] }
export interface ItemsTold { from?: number; to: number; d?: string; size?: number; packed?: string }

/** The run that is looked at. */
export class LookedAt {
  readonly page = signal<RunPage | null>(null);
  readonly pods = signal<PodsTold>({ pods: [] });
  readonly items = signal<Items | null>(null);
  /** counts changes of items */
  readonly changes = signal(0);
  private pending: Promise<void> = Promise.resolve();

  constructor(readonly id: string) {}

  /** In order, though a snapshot takes a moment to unpack. */
  take(told: ItemsTold): void {
    this.pending = this.pending.then(() => (told.packed === undefined ? this.change(told) : this.replace(told)));
  }

  private async replace(told: ItemsTold): Promise<void> {
    const unpacked = new Blob([fromBase64(told.packed!)]).stream().pipeThrough(new DecompressionStream('gzip'));
    const states = new Uint8Array(await new Response(unpacked).arrayBuffer());
    this.items.value = new Items(told.size!, states, told.to);
    this.changes.value++;
  }

  private change(told: ItemsTold): void {
    if (this.items.value?.apply(told.from!, told.to, fromBase64(told.d!))) this.changes.value++;
  }
}
