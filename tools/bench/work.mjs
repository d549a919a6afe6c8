import { isFinal, Jobs } from '../lib/jobs.mjs';
import { calculatorInput } from '../lib/upload.mjs';

/** Work for stacks of the benchmarks, and what is made of the figures. */

export async function submitted(stack, count, itemsPerJob, handler) {
  return new Jobs(stack.gateways[0].url).submit(calculatorInput(count).open(), { query: { itemsPerJob, handler }, headers: {} });
}

/** The job's last document; its seconds from the first byte to the end go to the list. */
export async function job(stack, count, itemsPerJob, seconds = [], handler = 'calculator') {
  const begun = performance.now();
  const last = await ended(stack, await submitted(stack, count, itemsPerJob, handler));
  if (last.status !== 'Complete') throw new Error(`Job ${last.id} ended ${last.status}: ${last.reason}`);
  seconds.push((performance.now() - begun) / 1000);
  return last;
}

export async function ended(stack, id) {
  let last;
  for await (last of new Jobs(stack.gateways[0].url).follow(id)) if (isFinal(last)) break;
  return last;
}

export function difference(before, after) {
  return Object.fromEntries(Object.entries(after).map(([kind, n]) => [kind, n - (before[kind] ?? 0)]));
}

export function total(calls) {
  return Object.values(calls).reduce((sum, n) => sum + n, 0);
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
