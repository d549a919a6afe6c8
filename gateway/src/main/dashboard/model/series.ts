/** The last hour, a point for each step: waiting, in flight, workers, pods, nodes; null where nobody knew. */
export type Value = number | null;
export interface SeriesTold { step: number; from: number; waiting: Value[]; inFlight: Value[]; workers: Value[]; pods: Value[]; nodes: Value[] }
export interface Point { at: number; values: Value[] }
/** times, then items remaining, workers, pods, nodes */
export type Chart = [number[], Value[], Value[], Value[], Value[]];

const LENGTH = 720;
const COLUMNS = ['waiting', 'inFlight', 'workers', 'pods', 'nodes'] as const;

export class Series {
  private step = 5;
  private from = 0;
  private points: Value[][] = [];

  replace(told: SeriesTold): void {
    this.step = told.step;
    this.from = told.from;
    this.points = told.waiting.map((_, at) => COLUMNS.map(column => told[column][at] ?? null));
  }

  take(point: Point): void {
    this.extend(point.at);
    const at = Math.round((point.at - this.from) / this.step);
    if (at >= 0 && at < this.points.length) this.points[at] = point.values;
  }

  /** What is not told has not changed. */
  extend(now: number): void {
    if (this.points.length === 0) {
      this.from = Math.floor(now / this.step) * this.step;
      this.points.push(COLUMNS.map(() => null));
    }
    const wanted = Math.min(Math.floor((now - this.from) / this.step) + 1, this.points.length + LENGTH);
    while (this.points.length < wanted) this.points.push(this.points.at(-1)!);
    const over = this.points.length - LENGTH;
    if (over > 0) {
      this.points.splice(0, over);
      this.from += over * this.step;
    }
  }

  /** The last hour until now, even where less of it is known. */
  chart(): Chart {
    const missing = LENGTH - this.points.length;
    const all = [...Array.from({ length: Math.max(0, missing) }, () => COLUMNS.map(() => null) as Value[]), ...this.points];
    const first = this.from - Math.max(0, missing) * this.step;
    return [
      all.map((_, at) => first + at * this.step),
      all.map(([waiting, inFlight]) => (waiting == null || inFlight == null ? null : waiting + inFlight)),
      all.map(point => point[2] ?? null),
      all.map(point => point[3] ?? null),
      all.map(point => point[4] ?? null),
    ];
  }

  last(): Value[] {
    return this.points.at(-1) ?? COLUMNS.map(() => null);
  }
}
