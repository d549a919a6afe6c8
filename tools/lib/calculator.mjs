/**
 * Calculator lines, always the same for the same seed, and what the calculator must answer to them, computed here
 * independently of the product.
 */
const SEED = 0x46726573;
const OPERATIONS = ['+', '-', '*', '/'];
const PLAIN_FROM = 1e-5;
const PLAIN_BELOW = 1e15;

/** An endless, seeded series of calculations `{id, left, right, op}`; the operands are JSON number texts. */
export class Calculations {
  #state;
  #made = 0;

  constructor(seed = SEED) {
    this.#state = seed | 0;
  }

  next() {
    this.#made++;
    return {
      id: String(this.#made),
      left: this.#operand(),
      right: this.#operand(),
      op: OPERATIONS[this.#below(OPERATIONS.length)],
    };
  }

  /** Mostly everyday numbers; some so large or small that results need an exponent; never zero. */
  #operand() {
    const sign = this.#below(10) === 0 ? '-' : '';
    const kind = this.#below(100);
    if (kind < 55) return sign + (1 + this.#below(1_000_000));
    if (kind < 95) return sign + this.#below(10_000) + '.' + this.#fraction(1 + this.#below(4));
    if (kind < 98) return sign + (1 + this.#below(2_000_000_000));
    return sign + '0.000' + this.#fraction(3);
  }

  /** Up to `digits` digits of which the last is not zero. */
  #fraction(digits) {
    const front = String(this.#below(10 ** (digits - 1))).padStart(digits - 1, '0');
    return (digits > 1 ? front : '') + (1 + this.#below(9));
  }

  #below(bound) {
    return Math.floor((this.#random() / 2 ** 32) * bound);
  }

  /** mulberry32: 32 random bits, the same on every machine. */
  #random() {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  }
}

export function inputLine({ id, left, right, op }) {
  return `{ "id": "${id}", "value1": ${left}, "value2": ${right}, "op": "${op}" }`;
}

export function resultLine({ id, left, right, op }) {
  const value1 = Number(left);
  const value2 = Number(right);
  const result = formatNumber(calculate(value1, op, value2));
  return `{"id":"${id}","value1":${formatNumber(value1)},"value2":${formatNumber(value2)},"op":"${op}","result":${result}}`;
}

/** The fewest digits that read back as the same double; `.0` on whole numbers, an exponent only when far from one. */
export function formatNumber(number) {
  const size = Math.abs(number);
  if (size !== 0 && (size < PLAIN_FROM || size >= PLAIN_BELOW)) return withExponent(number);
  if (Object.is(number, -0)) return '-0.0';
  return Number.isInteger(number) ? `${number}.0` : String(number);
}

function withExponent(number) {
  const [digits, exponent] = number.toExponential().split('e');
  return `${digits}E${exponent[0]}${exponent.slice(1).padStart(2, '0')}`;
}

function calculate(left, op, right) {
  switch (op) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    default:
      return left / right;
  }
}
