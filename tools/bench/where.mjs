import { setTimeout as delay } from 'node:timers/promises';
import { submitted } from './work.mjs';

const LINES = 1_000_000;
const ITEMS_PER_JOB = 25_000;
const WARM = 100_000;
const PARTS = LINES / ITEMS_PER_JOB;
const PART_BYTES = 1_650_000;
const LOOK_MS = 10;
const CALL = /^freshet_azure_calls_seconds_(count|sum)\{([^}]*)\} ([\d.E+-]+)/gm;

/**
 * Where the time of a million lines goes: its phases, as a client sees them, and the calls to storage by service and kind,
 * each beside the same call made alone by the plain SDK.
 */
export function whereBench({ lab, row }) {
  return async function where() {
    const native = lab.built(['native']).length > 0;
    const kinds = native ? { gateway: 'native', worker: 'native', watcher: 'native' } : {};
    await lab.with({ gateways: 1, watchers: 1, workers: 2, kinds }, async (stack) => {
      await phases(stack, WARM, () => {});
      const before = await calls(stack);
      await phases(stack, LINES, row);
      const made = await calls(stack);
      const plain = plainCalls(lab.java('gateway', 'io.freshet.gateway.bench.PlainSdk', ['kinds', String(PART_BYTES)], stack.environment));
      for (const [key, { count, sum }] of made) {
        const [n, seconds] = [count - (before.get(key)?.count ?? 0), sum - (before.get(key)?.sum ?? 0)];
        const mean = (1000 * seconds) / n;
        const alone = plain.get(key.split(' ')[1]);
        if (n >= PARTS / 2) row(`calls: ${key}`, `${n} x ${mean.toFixed(1)} ms = ${seconds.toFixed(1)} s`, alone ? `alone ${alone.toFixed(1)} ms` : '', alone ? mean / alone : 0, '');
      }
    });
  };

  async function phases(stack, lines, told) {
    const begun = performance.now();
    let last = begun;
    const phase = (name) => {
      const now = performance.now();
      told(`phase: ${name}`, `${((now - last) / 1000).toFixed(2)} s`, `since the first byte ${((now - begun) / 1000).toFixed(2)} s`, 0, '');
      last = now;
    };
    const id = await submitted(stack, lines, ITEMS_PER_JOB, 'calculator');
    phase('upload, split and answered');
    const look = async () => (await fetch(`${stack.gateways[0].url}/jobs/${id}`)).json();
    const until = async (name, holds) => {
      while (!holds(await look())) await delay(LOOK_MS);
      phase(name);
    };
    await until('dispatched and first part done', ({ succeeded }) => succeeded > 0);
    await until('other parts done', ({ succeeded, jobs }) => succeeded === (jobs ?? Math.ceil(lines / ITEMS_PER_JOB)));
    await until('results committed', ({ status }) => status === 'Complete');
  }
}

async function calls(stack) {
  const found = new Map();
  for (const service of [...stack.gateways, ...stack.watchers, ...stack.workers]) {
    const text = await (await fetch(`${service.url}/q/metrics`)).text();
    for (const [, what, labels, value] of text.matchAll(CALL)) {
      const key = `${service.program.name.split('-')[0]} ${/operation="([^"]+)"/.exec(labels)[1]}`;
      const entry = found.get(key) ?? { count: 0, sum: 0 };
      entry[what] += Number(value);
      found.set(key, entry);
    }
  }
  return found;
}

function plainCalls(text) {
  return new Map(text.trim().split('\n').map((line) => line.split(' ')).filter((words) => words.length === 2).map(([operation, ms]) => [operation, Number(ms)]));
}
