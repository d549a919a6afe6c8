import uPlot from 'uplot';
import { minute, time } from './format';

export interface Mark { at: number; kind: 'start' | 'end'; run: string }
/** seconds, then one column each: remaining, workers, pods, nodes; null where nothing is known */
export type Series = [number[], ...(number | null)[][]];

const CURVES = [
  { label: 'Items remaining', scale: 'items', dash: [] },
  { label: 'Workers', scale: 'count', dash: [] },
  { label: 'Pods', scale: 'count', dash: [6, 3] },
  { label: 'Nodes', scale: 'count', dash: [2, 3] },
] as const;

/** The last hour: items on the left scale, workers, pods and nodes on the right one, runs as marks. */
export class SeriesChart {
  private plot: uPlot | null = null;
  private data: Series = [[], [], [], [], []];
  private marks: Mark[] = [];
  private readonly resized = new ResizeObserver(() => this.resize());
  private readonly dark = matchMedia('(prefers-color-scheme: dark)');
  private readonly recolour = () => this.build();

  /** @param look told which point the pointer is at; null when it is at none */
  constructor(private readonly host: HTMLElement, private readonly look: (point: number | null) => void) {
    this.dark.addEventListener('change', this.recolour);
    this.resized.observe(host);
    this.build();
  }

  show(data: Series, marks: Mark[]): void {
    this.data = data;
    this.marks = marks;
    this.plot?.setData(data as uPlot.AlignedData, true);
  }

  remove(): void {
    this.resized.disconnect();
    this.dark.removeEventListener('change', this.recolour);
    this.plot?.destroy();
  }

  private build(): void {
    this.plot?.destroy();
    const style = getComputedStyle(this.host);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    const axis = { stroke: colour('--muted'), grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false } };
    this.plot = new uPlot({
      width: this.host.clientWidth || 600,
      height: this.height(),
      legend: { show: false },
      cursor: { drag: { x: false, y: false }, points: { size: 6 }, y: false },
      scales: {
        items: { range: (_, __, top) => [0, Math.max(10, top * 1.08)] },
        count: { range: (_, __, top) => [0, Math.max(4, Math.ceil(top * 1.25))] },
      },
      axes: [
        { ...axis, size: 32, values: (_, ticks, __, ___, step) => ticks.map(tick => (step < 60 ? time : minute)(tick)) },
        { ...axis, scale: 'items', size: 56, values: (_, ticks) => ticks.map(tick => short(tick)) },
        { ...axis, scale: 'count', side: 1, size: 36, grid: { show: false }, values: (_, ticks) => ticks.map(tick => (Number.isInteger(tick) ? short(tick) : '')) },
      ],
      series: [{}, ...CURVES.map((curve, at) => ({
        label: curve.label,
        scale: curve.scale,
        stroke: colour(`--curve-${at}`),
        width: 2,
        dash: [...curve.dash],
        ...(at === 0 ? { fill: colour('--curve-0-fill') } : { paths: uPlot.paths.stepped!({ align: 1 }) }),
        points: { show: false },
      }))],
      hooks: {
        draw: [plot => this.drawMarks(plot, colour('--muted'))],
        setCursor: [plot => this.look(plot.cursor.idx ?? null)],
      },
    }, this.data as uPlot.AlignedData, this.host);
    this.plot.root.setAttribute('aria-hidden', 'true');
  }

  /** a run's start is a triangle, its end a square, on the time axis */
  private drawMarks(plot: uPlot, stroke: string): void {
    const pen = plot.ctx, scale = uPlot.pxRatio, bottom = plot.bbox.top + plot.bbox.height;
    pen.save();
    pen.fillStyle = stroke;
    const drawn = { start: -Infinity, end: -Infinity };
    for (const mark of this.marks) {
      const x = plot.valToPos(mark.at, 'x', true);
      const outside = x < plot.bbox.left || x > plot.bbox.left + plot.bbox.width;
      if (outside || Math.abs(x - drawn[mark.kind]) < 12 * scale) continue;
      drawn[mark.kind] = x;
      pen.beginPath();
      if (mark.kind === 'end') pen.rect(x - 3 * scale, bottom - 6 * scale, 6 * scale, 6 * scale);
      else {
        pen.moveTo(x, bottom);
        pen.lineTo(x - 4 * scale, bottom - 8 * scale);
        pen.lineTo(x + 4 * scale, bottom - 8 * scale);
      }
      pen.fill();
    }
    pen.restore();
  }

  private height(): number {
    return this.host.clientWidth < 500 ? 200 : 310;
  }

  private resize(): void {
    this.plot?.setSize({ width: this.host.clientWidth, height: this.height() });
  }
}

const number = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 });
const short = (value: number) => number.format(value);
