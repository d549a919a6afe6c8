const PLAIN_INTERVAL_MS = 3_000;
const CLEAR_LINE = '\r\x1b[2K';

/** Lines for the user, and one progress line that updates in place on a terminal and comes now and then elsewhere. */
export class Screen {
  #out;
  #now;
  #inPlace;
  #lastPlain = -Infinity;
  #shown = '';
  #muted = false;

  constructor(out = process.stdout, now = Date.now) {
    this.#out = out;
    this.#now = now;
    this.#inPlace = Boolean(out.isTTY);
  }

  line(text = '') {
    if (this.#muted) return;
    this.#out.write(this.#inPlace && this.#shown ? `${CLEAR_LINE}${text}\n${this.#shown}` : `${text}\n`);
  }

  progress(text) {
    if (this.#muted) return;
    if (this.#inPlace) {
      this.#shown = text.slice(0, Math.max(20, (this.#out.columns || 80) - 1));
      this.#out.write(CLEAR_LINE + this.#shown);
      return;
    }
    if (this.#now() - this.#lastPlain < PLAIN_INTERVAL_MS) return;
    this.#lastPlain = this.#now();
    this.#out.write(`${text}\n`);
  }

  /** Ends the progress line; `text` stays as its last state. */
  endProgress(text) {
    if (this.#muted) return;
    this.#out.write(this.#inPlace ? `${CLEAR_LINE}${text}\n` : `${text}\n`);
    this.#shown = '';
    this.#lastPlain = -Infinity;
  }

  /** Nothing more is shown; a progress line that stands there is ended. */
  mute() {
    if (this.#shown) this.#out.write('\n');
    this.#muted = true;
  }
}

export function count(number) {
  return Math.round(number).toLocaleString('en-US');
}

export function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

export function mebibytes(bytes) {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
