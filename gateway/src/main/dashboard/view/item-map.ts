import { DONE, FAILED, IN_FLIGHT, Items, REJECTED, STATES, WAITING } from '../model/items';

/** So that no frame takes long enough to be felt. */
const CELLS_PER_FRAME = 2_500;

/** Draws the items of a run as cells of a canvas; one cell at a time is a real element, for focus and screen readers. */
export class ItemMap {
  private readonly canvas = document.createElement('canvas');
  private readonly row = document.createElement('div');
  /** two that take turns: focus has to move for a screen reader to speak */
  private readonly cursors = [document.createElement('div'), document.createElement('div')] as const;
  private readonly pen: CanvasRenderingContext2D;
  private readonly resized = new ResizeObserver(() => this.layout());
  private readonly dark = matchMedia('(prefers-color-scheme: dark)');
  private readonly recolour = () => this.layout();
  private items: Items | null = null;
  private columns = 1;
  private cell = 8;
  private current = 0;
  private turn = 0;
  private frame = 0;
  private colours: string[] = [];
  private background = '';

  constructor(
    private readonly grid: HTMLElement,
    private readonly look: (cell: number, x: number, y: number) => void,
    private readonly open: (cell: number) => void,
  ) {
    this.pen = this.canvas.getContext('2d', { alpha: false })!;
    this.canvas.setAttribute('aria-hidden', 'true');
    grid.setAttribute('role', 'grid');
    this.row.setAttribute('role', 'row');
    for (const cursor of this.cursors) {
      cursor.setAttribute('role', 'gridcell');
      cursor.className = 'cursor';
      this.row.append(cursor);
    }
    grid.append(this.canvas, this.row);
    grid.addEventListener('keydown', event => this.key(event));
    grid.addEventListener('pointermove', event => this.hover(event));
    grid.addEventListener('pointerleave', () => this.look(-1, 0, 0));
    grid.addEventListener('click', event => this.click(event));
    this.dark.addEventListener('change', this.recolour);
    this.resized.observe(grid);
  }

  show(items: Items): void {
    this.items = items;
    this.layout();
  }

  /** Call after changes; draws the changed cells with the next frames, however often it is called. */
  refresh(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.drawChanged();
    });
  }

  private drawChanged(): void {
    const changed = this.items?.changed ?? new Set<number>();
    let room = CELLS_PER_FRAME;
    for (const cell of changed) {
      if (room-- === 0) return this.refresh();
      this.draw(cell);
      changed.delete(cell);
      if (cell === this.current) this.cursors[this.turn]!.setAttribute('aria-label', this.describe(cell));
    }
  }

  remove(): void {
    this.resized.disconnect();
    this.dark.removeEventListener('change', this.recolour);
    cancelAnimationFrame(this.frame);
  }

  private layout(): void {
    const items = this.items, width = Math.floor(this.grid.clientWidth);
    if (items === null || width === 0) return;
    this.cell = Math.max(4, Math.min(24, Math.floor(Math.sqrt((width * 440) / items.cells))));
    this.columns = Math.max(1, Math.min(items.cells, Math.floor(width / this.cell)));
    const rows = Math.ceil(items.cells / this.columns), scale = devicePixelRatio;
    this.canvas.width = this.columns * this.cell * scale;
    this.canvas.height = rows * this.cell * scale;
    this.canvas.style.width = `${this.columns * this.cell}px`;
    this.pen.scale(scale, scale);
    const style = getComputedStyle(this.grid);
    this.colours = STATES.map((_, state) => style.getPropertyValue(`--state-${state}`).trim());
    this.background = style.getPropertyValue('--surface').trim();
    this.pen.fillStyle = this.background;
    this.pen.fillRect(0, 0, this.columns * this.cell, rows * this.cell);
    this.grid.setAttribute('aria-rowcount', String(rows));
    this.grid.setAttribute('aria-colcount', String(this.columns));
    for (let cell = 0; cell < items.cells; cell++) items.changed.add(cell);
    this.drawChanged();
    this.place(Math.min(this.current, items.cells - 1), false);
  }

  private draw(cell: number): void {
    const items = this.items!, size = this.cell - 1;
    const x = (cell % this.columns) * this.cell, y = Math.floor(cell / this.columns) * this.cell;
    const whole = Math.min(items.perCell, items.size - cell * items.perCell);
    const share = (state: number) => items.count(cell, state) / whole;
    const settled = whole - items.count(cell, WAITING) - items.count(cell, IN_FLIGHT);
    const height = Math.floor((size * settled) / whole), dot = Math.floor(size / 3);
    this.box(null, x, y, this.cell, this.cell);
    if (share(WAITING) > 0) this.box(WAITING, x + dot, y + dot, size - 2 * dot, size - 2 * dot);
    this.box(DONE, x, y + size - height, size, height);
    if (share(IN_FLIGHT) > 0) this.box(IN_FLIGHT, x, y, size, Math.max(2, Math.ceil((size * share(IN_FLIGHT)) / 2)));
    if (share(REJECTED) > 0) this.corner(x, y, size, share(REJECTED));
    if (share(FAILED) > 0) this.cross(x, y, size, share(FAILED));
  }

  private box(state: number | null, x: number, y: number, width: number, height: number): void {
    this.pen.fillStyle = state === null ? this.background : this.colours[state]!;
    this.pen.fillRect(x, y, width, height);
  }

  /** rejected lines: from the upper left, and a whole cell has its upper right corner cut out */
  private corner(x: number, y: number, size: number, share: number): void {
    const side = extent(size, share), half = side >> 1;
    this.box(REJECTED, x, y, side, side);
    if (side > 4) this.box(null, x + half, y, side - half, half);
  }

  /** failed: from the lower right, with a cross where there is room for one */
  private cross(x: number, y: number, size: number, share: number): void {
    const side = extent(size, share), left = x + size - side, top = y + size - side, pen = this.pen;
    this.box(FAILED, left, top, side, side);
    if (side < 5) return;
    pen.strokeStyle = this.background;
    pen.lineWidth = side > 10 ? 2 : 1.2;
    pen.beginPath();
    pen.moveTo(left + 1.5, top + 1.5);
    pen.lineTo(left + side - 1.5, top + side - 1.5);
    pen.moveTo(left + side - 1.5, top + 1.5);
    pen.lineTo(left + 1.5, top + side - 1.5);
    pen.stroke();
  }

  private key(event: KeyboardEvent): void {
    const last = this.items!.cells - 1, at = this.current, columns = this.columns;
    const to: Record<string, number> = {
      ArrowRight: at + 1, ArrowLeft: at - 1, ArrowDown: at + columns, ArrowUp: at - columns,
      PageDown: at + 10 * columns, PageUp: at - 10 * columns,
      Home: event.ctrlKey ? 0 : at - (at % columns), End: event.ctrlKey ? last : at - (at % columns) + columns - 1,
      f: this.next(FAILED), r: this.next(REJECTED), i: this.next(IN_FLIGHT),
    };
    if (event.key === 'Enter') return this.open(at);
    const target = to[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (target === undefined || event.altKey || event.metaKey || (event.ctrlKey && event.key.length === 1)) return;
    event.preventDefault();
    this.place(Math.max(0, Math.min(last, target)), true);
  }

  private next(state: number): number {
    const items = this.items!;
    for (let step = 1; step <= items.cells; step++) {
      const cell = (this.current + step) % items.cells;
      if (items.count(cell, state) > 0) return cell;
    }
    return this.current;
  }

  private place(cell: number, focus: boolean): void {
    this.current = cell;
    const before = this.cursors[this.turn]!;
    if (focus) this.turn = 1 - this.turn;
    const cursor = this.cursors[this.turn]!;
    const x = (cell % this.columns) * this.cell, y = Math.floor(cell / this.columns) * this.cell;
    cursor.style.transform = `translate(${x - 2}px, ${y - 2}px)`;
    cursor.style.width = cursor.style.height = `${this.cell + 3}px`;
    cursor.setAttribute('aria-label', this.describe(cell));
    cursor.setAttribute('aria-colindex', String((cell % this.columns) + 1));
    this.row.setAttribute('aria-rowindex', String(Math.floor(cell / this.columns) + 1));
    before.tabIndex = -1;
    cursor.tabIndex = 0;
    if (!focus) return;
    cursor.focus({ preventScroll: true });
    cursor.scrollIntoView({ block: 'nearest' });
    this.look(cell, x, y);
  }

  describe(cell: number): string {
    const items = this.items!, first = cell * items.perCell;
    if (items.perCell === 1) return `Item ${first + 1}: ${STATES[items.states[first]!]}`;
    const parts = STATES.map((name, state) => [items.count(cell, state), name] as const).filter(([count]) => count > 0);
    return `Items ${first + 1} to ${Math.min(first + items.perCell, items.size)}: ` +
      parts.map(([count, name]) => `${count} ${name}`).join(', ');
  }

  private at(event: MouseEvent): number {
    const box = this.canvas.getBoundingClientRect();
    const column = Math.floor((event.clientX - box.left) / this.cell);
    const cell = Math.floor((event.clientY - box.top) / this.cell) * this.columns + column;
    return column < 0 || column >= this.columns || cell < 0 || cell >= (this.items?.cells ?? 0) ? -1 : cell;
  }

  private hover(event: PointerEvent): void {
    const cell = this.at(event), box = this.canvas.getBoundingClientRect();
    this.look(cell, event.clientX - box.left, event.clientY - box.top);
  }

  private click(event: MouseEvent): void {
    const cell = this.at(event);
    if (cell < 0) return;
    this.place(cell, true);
    this.open(cell);
  }
}

/** The side of a square that stands for a share of a cell: never too small to be seen. */
function extent(size: number, share: number): number {
  return Math.max(2, Math.round(size * Math.sqrt(share)));
}
