import { StringDecoder } from 'node:string_decoder';

/** Reads result lines as they come, keeps the first and the last, and compares each with what it should be. */
export class ResultCheck {
  #decoder = new StringDecoder('utf8');
  #rest = '';
  #expected;

  lines = 0;
  first = undefined;
  last = undefined;
  /** `{line, expected, got}` of the first difference; undefined while there is none. */
  wrong = undefined;

  /** @param expected gives the next right line, undefined after the last; absent when nothing is to be compared */
  constructor(expected) {
    this.#expected = expected;
  }

  accept(chunk) {
    const lines = (this.#rest + this.#decoder.write(chunk)).split('\n');
    this.#rest = lines.pop();
    for (const line of lines) this.#line(line);
  }

  end() {
    if (this.#rest !== '') this.#line(this.#rest);
    this.#rest = '';
    const missing = this.#expected?.();
    if (missing !== undefined) this.#note(this.lines + 1, missing, undefined);
  }

  #line(line) {
    this.lines++;
    this.first ??= line;
    this.last = line;
    if (!this.#expected) return;
    const expected = this.#expected();
    if (line !== expected) this.#note(this.lines, expected, line);
  }

  #note(line, expected, got) {
    this.wrong ??= { line, expected, got };
  }
}
