import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { difference, median, total } from './work.mjs';

const SMALL = [100, 1_000];
const LARGE = [5_000, 20_000];
const PEER_MODES = { seed: '>= 3', activities: '>= 2' };
const PEER_LIMIT_S = 1_800;
const WARM_UP = 50;
const MANY = 100_000;
const LOOKED_AT_MS = 120_000;
const STARTS = 20;
const FINISHED = 2_000;
const AT_ONCE = 16;
const LOOK_MS = 25;
const UNFINISHED = ['Pending', 'Running', 'Suspended'];
const SERVICES = { gateways: 1, watchers: 1, workers: 2 };

/**
 * What orchestrations are measured by: fan-out and fan-in beside the engine of Durable Functions (PEER is its program, which
 * takes a connection string, a number of items, and `--mode`), what an item costs, and what many items and instances cost.
 */
export function orchestrationBenches({ lab, row, rounds }) {
  const kinds = lab.built(['native']).length ? { gateway: 'native', worker: 'native', watcher: 'native' } : {};
  const natively = kinds.gateway ? ', native' : '';

  /** Items a second, each side with fresh storage, alternating. */
  async function fanout() {
    const ours = {};
    const plain = {};
    for (const items of SMALL) {
      const peers = { seed: [], activities: [] };
      ours[items] = [];
      plain[items] = items / (await lab.with({}, (stack) => lab.plainSdk(stack, ['items', String(items)])));
      for (let round = 1; round <= rounds; round++) {
        ours[items].push(await rate(items));
        if (process.env.PEER) for (const mode of Object.keys(PEER_MODES)) peers[mode].push(await peer(items, mode));
        lab.progress(`${items} items ${round}/${rounds}: ${ours[items].at(-1).toFixed(0)} a second, peer ${JSON.stringify(peers)}`);
      }
      row(`${items} items, start to Completed${natively}`, `${median(ours[items]).toFixed(0)} items/s`, `two blobs and a message each, the SDK alone: ${plain[items].toFixed(0)} items/s`, median(ours[items]) / plain[items], '');
      for (const [mode, aim] of Object.entries(PEER_MODES)) {
        const theirs = process.env.PEER ? median(peers[mode]) : 0;
        row(`${items} items, start to Completed${natively}`, `${median(ours[items]).toFixed(0)} items/s`, theirs ? `Durable Functions, ${mode}: ${theirs.toFixed(0)} items/s` : '', theirs ? median(ours[items]) / theirs : 0, aim);
      }
    }
    for (const items of LARGE) {
      const now = await rate(items);
      row(`${items} items, start to Completed${natively}`, `${now.toFixed(0)} items/s`, `1000 items: ${median(ours[1_000]).toFixed(0)} items/s`, now / median(ours[1_000]), '>= 0.9');
    }
  }

  async function rate(items) {
    return lab.with({ ...SERVICES, kinds }, async (stack) => {
      await ended(await started(stack, WARM_UP));
      const idle = await stack.idleCallsPerSecond();
      const before = await stack.calls();
      const begun = performance.now();
      await ended(await started(stack, items));
      const seconds = (performance.now() - begun) / 1000;
      const calls = total(difference(before, await stack.calls()));
      row(`storage calls per item, ${items} items`, (calls / items).toFixed(2), `without idle polls ${((calls - idle * seconds) / items).toFixed(2)}`, 0, '<= 6');
      return items / seconds;
    });
  }

  async function peer(items, mode) {
    return lab.with({ tables: true }, async (stack) => {
      const { stdout } = await promisify(execFile)(process.env.PEER, [stack.connectionString, String(items), '--mode', mode, '--workers', '2', '--timeout', String(PEER_LIMIT_S), '--json']);
      return JSON.parse(stdout).itemsPerSecond;
    });
  }

  /** The start of a large instance, and what it costs in memory beside a small one. */
  async function large() {
    const peaks = {};
    const answers = [];
    for (const items of [1_000, MANY]) {
      await lab.with({ ...SERVICES, kinds }, async (stack) => {
        await ended(await started(stack, WARM_UP));
        const instance = await started(stack, items);
        await Promise.race([ended(instance), delay(LOOKED_AT_MS)]);
        peaks[items] = [...stack.gateways, ...stack.watchers, ...stack.workers].map((service) => [service.program.name, service.mib('VmHWM')]);
        if (items !== MANY) return;
        await fetch(instance.terminatePostUri.replace('{text}', 'measured'), { method: 'POST' });
        for (let i = 0; i < STARTS; i++) {
          const begun = performance.now();
          const { terminatePostUri } = await started(stack, MANY);
          answers.push(performance.now() - begun);
          await fetch(terminatePostUri.replace('{text}', 'measured'), { method: 'POST' });
        }
      });
    }
    peaks[MANY].forEach(([name, mib], i) => {
      const few = peaks[1_000][i][1];
      row(`peak RSS of ${name}, ${MANY} items${natively}`, `${mib.toFixed(0)} MiB`, `1000 items: ${few.toFixed(0)} MiB`, mib / few, 'within 20 %');
    });
    row(`start of ${MANY} items to 202${natively}`, `${median(answers).toFixed(0)} ms`, '', 0, '< 200 ms');
  }

  /** From the last item that is counted to the output. */
  async function fanin() {
    const seconds = [];
    await lab.with({ ...SERVICES, kinds }, async (stack) => {
      for (let round = 0; round < Math.max(rounds, 5); round++) {
        const { statusQueryGetUri } = await started(stack, 200);
        for (let last; ; await delay(LOOK_MS)) {
          const { runtimeStatus, customStatus } = await (await fetch(statusQueryGetUri)).json();
          if (customStatus && customStatus.completed === customStatus.total) last ??= performance.now();
          if (UNFINISHED.includes(runtimeStatus)) continue;
          seconds.push((performance.now() - (last ?? performance.now())) / 1000);
          break;
        }
      }
    });
    row(`last item counted to Completed${natively}`, `${median(seconds).toFixed(2)} s`, '', 0, '< 1 s');
  }

  /** A purge by filter of many finished instances. */
  async function purge() {
    await lab.with({ ...SERVICES, kinds }, async (stack) => {
      let left = FINISHED;
      const some = async () => {
        while (left-- > 0) await ended(await started(stack, 1));
      };
      await Promise.all(Array.from({ length: AT_ONCE }, some));
      const begun = performance.now();
      let answers = 0;
      let deleted = 0;
      for (let status = 0; status !== 404; answers++) {
        const response = await fetch(`${stack.gateways[0].url}/runtime/webhooks/durabletask/instances?createdTimeFrom=2020-01-01T00:00:00Z`, { method: 'DELETE' });
        ({ status } = response);
        if (status === 200) deleted += (await response.json()).instancesDeleted;
        else if (status !== 404) throw new Error(`The purge was answered ${status}: ${await response.text()}`);
        lab.progress(`purge: ${deleted} after ${answers + 1} answers, ${((performance.now() - begun) / 1000).toFixed(1)} s`);
      }
      row(`purge of ${FINISHED} finished instances${natively}`, `${((performance.now() - begun) / 1000).toFixed(1)} s`, `${deleted} deleted in ${answers} answers`, 0, 'nothing times out');
    });
  }

  async function started(stack, items) {
    const response = await fetch(`${stack.gateways[0].url}/api/orchestrators/ComputeOrchestrator?inputCount=${items}`, { method: 'POST' });
    if (response.status !== 202) throw new Error(`The start was answered ${response.status}: ${await response.text()}`);
    return response.json();
  }

  async function ended({ statusQueryGetUri }) {
    for (;;) {
      const { runtimeStatus, output } = await (await fetch(statusQueryGetUri)).json();
      if (runtimeStatus === 'Completed') return;
      if (!UNFINISHED.includes(runtimeStatus)) throw new Error(`It ended ${runtimeStatus}: ${JSON.stringify(output)}`);
      await delay(LOOK_MS);
    }
  }

  return { fanout, large, fanin, purge };
}
