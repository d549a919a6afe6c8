import { setTimeout as delay } from 'node:timers/promises';
import { difference, ended, job, median, submitted, total } from './work.mjs';

const SMALL_JOBS = 50;
const WARM_JOBS = 10;
const LARGE = 5_000;
const LARGER = 20_000;
const KEPT = { few: 1_000, many: 100_000 };
const IDLE_MS = 30_000;
const SETTLE_MS = 20_000;
const LINE_BYTES = 66;
const MIB = 2 ** 20;
const LOOK_MS = 10;
const MILLION = 1_000_000;
const SERVICES = { gateways: 1, watchers: 1, workers: 2, threads: 2 };

/**
 * What the engine is measured by: how quick a small job is, alone and behind a large one, and whether what a run costs the
 * watcher grows. Each beside the same on another checkout, the base, if there is one.
 */
export function engineBenches({ lab, base, row, rounds }) {
  const kinds = lab.built(['native']).length ? { gateway: 'native', worker: 'native', watcher: 'native' } : {};
  const sides = base ? [['now', lab], ['base', base]] : [['now', lab]];

  /** Runs it on both sides, alternating, and gives the medians by side. */
  async function beside(name, times, action) {
    const values = { now: [], base: [] };
    for (let round = 1; round <= times; round++) {
      for (const [side, bench] of sides) {
        values[side].push(await action(bench));
        lab.progress(`${name} ${round}/${times}, ${side}: ${values[side].at(-1).toFixed(3)}`);
      }
    }
    return { now: median(values.now), base: base ? median(values.base) : NaN };
  }

  function told(name, { now, base: before }, unit, digits, aim) {
    row(name, `${now.toFixed(digits)} ${unit}`, base ? `base ${before.toFixed(digits)} ${unit}` : '', base ? now / before : 0, aim);
  }

  async function small() {
    const ms = await beside('small job', 1, (bench) =>
      bench.with({ ...SERVICES, kinds: bench === lab ? kinds : {} }, async (stack) => {
        const seconds = [];
        for (let i = 0; i < WARM_JOBS; i++) await job(stack, 4, 4);
        // by looks: an event stream tells less often
        for (let i = 0; i < SMALL_JOBS; i++) seconds.push(await secondsByLooks(stack));
        return 1000 * median(seconds);
      }),
    );
    told(`job of 4 lines, submit to Complete${kinds.gateway ? ', native' : ''}`, ms, 'ms', 0, '< 400 ms');
  }

  /** A job of one part behind one of 5,000. */
  async function behind() {
    const ratio = await beside('behind a large job', rounds, (bench) =>
      bench.with({ ...SERVICES, kinds: bench === lab ? kinds : {} }, async (stack) => {
        const alone = [];
        for (let i = 0; i < WARM_JOBS; i++) await job(stack, 4, 4, alone);
        const large = await submitted(stack, LARGE, 1, 'identity');
        await begun(stack, large);
        const after = [];
        await job(stack, 4, 4, after);
        return after[0] / median(alone);
      }),
    );
    told(`1 part behind ${LARGE} parts, by its time alone${kinds.gateway ? ', native' : ''}`, ratio, 'x', 1, '<= 3');
  }

  /** What the watcher asks of storage for a run, by its size. */
  async function growth() {
    for (const [side, bench] of sides) {
      const calls = {};
      for (const parts of [LARGE, LARGER]) {
        await bench.with({ ...SERVICES, kinds: bench === lab ? kinds : {} }, async (stack) => {
          await job(stack, 100, 1, [], 'identity');
          const before = await stack.watchers[0].calls();
          await job(stack, parts, 1, [], 'identity');
          calls[parts] = (1000 * total(difference(before, await stack.watchers[0].calls()))) / parts;
        });
        lab.progress(`watcher's calls per 1000 parts, ${side}, ${parts} parts: ${calls[parts].toFixed(0)}`);
      }
      row(`watcher's storage calls per 1,000 parts, ${LARGER} parts (${side})`, calls[LARGER].toFixed(0), `${LARGE} parts: ${calls[LARGE].toFixed(0)}`, calls[LARGER] / calls[LARGE], 'constant');
    }
  }

  /** An idle watcher in front of finished runs that are kept. */
  async function kept() {
    for (const [side, bench] of sides) {
      const cost = {};
      for (const [name, runs] of Object.entries(KEPT)) {
        cost[name] = await bench.with({ gateways: 1, watchers: 1, workers: 1, settings: { RETENTION: 'P30D' } }, async (stack) => {
          const { storageBlobPrefix } = await job(stack, 4, 4);
          lab.plainSdk(stack, ['keep', storageBlobPrefix, String(runs)]);
          await delay(SETTLE_MS);
          const [watcher] = stack.watchers;
          const [cpu, calls] = [watcher.cpuSeconds(), await watcher.calls()];
          await delay(IDLE_MS);
          return { cpu: watcher.cpuSeconds() - cpu, calls: total(difference(calls, await watcher.calls())), mib: watcher.mib('VmRSS') };
        });
        lab.progress(`kept runs, ${side}, ${runs}: ${JSON.stringify(cost[name])}`);
      }
      for (const [what, unit] of [['cpu', 's CPU'], ['calls', 'calls'], ['mib', 'MiB']]) {
        row(`idle watcher in ${IDLE_MS / 1000} s, ${KEPT.many} runs kept (${side})`, `${cost.many[what].toFixed(2)} ${unit}`, `${KEPT.few}: ${cost.few[what].toFixed(2)}`, cost.many[what] / cost.few[what], 'within 20 %');
      }
    }
  }

  /** Messages that workers still take from the queue after a large run was canceled. */
  async function cancel() {
    const messages = await beside('messages after a cancel', 1, (bench) =>
      bench.with(SERVICES, async (stack) => {
        const id = await submitted(stack, LARGER, 1, 'identity');
        await begun(stack, id);
        const deleted = async () => (await Promise.all(stack.workers.map((worker) => worker.calls()))).reduce((sum, calls) => sum + (calls.DeleteMessage ?? 0), 0);
        await fetch(`${stack.gateways[0].url}/jobs/${id}/cancel`, { method: 'POST' });
        const before = await deleted();
        await ended(stack, id);
        for (let last = -1; last !== (await deleted()); ) {
          last = await deleted();
          await delay(SETTLE_MS);
        }
        return (await deleted()) - before;
      }),
    );
    told(`cancel of ${LARGER} parts: messages still dropped`, messages, '', 0, '<= 512');
  }

  /** From the last part's settling to results that can be read. */
  async function tail() {
    for (const [parts, mib] of [[40, 2], [1_000, 1]]) {
      const ms = await beside(`results after the last of ${parts} parts`, rounds, (bench) =>
        bench.with({ ...SERVICES, kinds: bench === lab ? kinds : {} }, async (stack) => {
          await job(stack, 400, 4, [], 'identity');
          const lines = Math.floor((mib * MIB) / LINE_BYTES);
          const id = await submitted(stack, parts * lines, lines, 'identity');
          return resultsAfterLastPart(stack, id, parts);
        }),
      );
      told(`last of ${parts} parts of ${mib} MiB settled to results`, ms, 'ms', 0, '< 300 ms');
    }
  }

  async function resultsAfterLastPart(stack, id, parts) {
    let settled;
    for (;;) {
      const { succeeded, status } = await document(stack, id);
      if (succeeded === parts) settled ??= performance.now();
      if (status === 'Complete') return performance.now() - settled;
      await delay(LOOK_MS);
    }
  }

  /** A million lines, by the time that the emulator's blobs alone take of a processor. */
  async function million() {
    const cpu = [];
    const wall = [];
    for (let round = 0; round < rounds; round++) {
      await lab.with({ ...SERVICES, threads: undefined, kinds }, async (stack) => {
        await job(stack, 100_000, 25_000);
        const before = stack.blobStorage.cpuSeconds();
        await job(stack, MILLION, 25_000, wall);
        cpu.push(stack.blobStorage.cpuSeconds() - before);
      });
      lab.progress(`million lines ${round + 1}/${rounds}: ${wall.at(-1).toFixed(1)} s, emulator's CPU ${cpu.at(-1).toFixed(1)} s`);
    }
    row(`1,000,000 lines in 40 parts${kinds.gateway ? ', native' : ''}`, `${median(wall).toFixed(1)} s`, `CPU of the emulator's blobs ${median(cpu).toFixed(1)} s`, median(wall) / median(cpu), '<= 1.3');
  }

  async function secondsByLooks(stack) {
    const start = performance.now();
    const id = await submitted(stack, 4, 4, 'calculator');
    while ((await document(stack, id)).status !== 'Complete') await delay(LOOK_MS);
    return (performance.now() - start) / 1000;
  }

  async function begun(stack, id) {
    while ((await document(stack, id)).succeeded < WARM_JOBS) await delay(LOOK_MS);
  }

  async function document(stack, id) {
    return (await fetch(`${stack.gateways[0].url}/jobs/${id}`)).json();
  }

  return { small, behind, growth, kept, cancel, tail, million };
}
