// What the dashboard costs and how quick it is: figures, not tests. MINUTES (5) says how long the long ones look.
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Footprint, Stage, until } from './stage.mjs';

const MINUTES = Number(process.env.MINUTES ?? 5);
const MINUTE_MS = 60_000;
const LOADS = 20;
const ITEMS = 60;
const MANY = 10_000;
const RUNS = 1_000;
const CHANGES_A_SECOND = 20;
const VIEWERS = 50;
const MIB = 2 ** 20;

const stage = await Stage.start();
const rows = [];
try {
  await firstPaint();
  await untilSeen();
  await viewers();
  await manyItems();
  await manyRuns();
} finally {
  await stage.stop();
}
console.log('\n| figure | measured | aim |\n|---|---|---|');
rows.forEach((cells) => console.log(`| ${cells.join(' | ')} |`));

function row(...cells) {
  rows.push(cells);
  console.log(cells.join(': '));
}

/** With a cold cache: each load has a context of its own. */
async function firstPaint() {
  const times = [];
  for (let load = 0; load < LOADS; load++) {
    const page = await stage.open();
    const look = () => page.evaluate(() => {
      const paint = performance.getEntriesByName('first-contentful-paint')[0];
      return paint && paint.startTime - performance.getEntriesByType('navigation')[0].responseEnd;
    });
    await page.getByText('Live', { exact: true }).waitFor();
    times.push(await until(look));
    await stage.closePages();
  }
  row('first paint after the document, cold cache', `median ${median(times).toFixed(0)} ms, most ${Math.max(...times).toFixed(0)} ms`, '< 300 ms');
}

/** From the end of an item's program to its cell. */
async function untilSeen() {
  const id = await stage.submit('slow\n'.repeat(ITEMS), { handler: 'exec', itemsPerJob: '1' });
  const page = await stage.open(`#/runs/${id}`);
  await page.locator('.states').waitFor();
  await page.evaluate(() => {
    globalThis.doneAt = [];
    const look = () => {
      const done = Number(/done\s*(\d+)/.exec(document.querySelector('.states')?.innerText ?? '')?.[1] ?? 0);
      while (doneAt.length < done) doneAt.push(Date.now());
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
    look();
  });
  const before = await page.evaluate(() => globalThis.doneAt.length);
  await stage.ended(id);
  await until(async () => (await page.evaluate(() => globalThis.doneAt.length)) === ITEMS);
  const seen = await page.evaluate(() => globalThis.doneAt);
  const ended = fs.readFileSync(path.join(stage.directory, 'ended'), 'utf8').trim().split('\n').map(Number).sort((a, b) => a - b);
  const late = seen.slice(before).map((at, i) => at - ended[before + i]);
  row('item computed to seen in the map', `median ${median(late).toFixed(0)} ms, most ${Math.max(...late).toFixed(0)} ms`, '< 1 s');
  await stage.closePages();
}

/** What streams cost the gateway while items are computed. */
async function viewers() {
  const gateway = new Footprint(stage.gatewayPid);
  const cost = async (count) => {
    const id = await stage.submit('slow\n'.repeat(20 * MINUTES * 60), { handler: 'exec', itemsPerJob: '1' });
    const end = new AbortController();
    const streams = await Promise.all(Array.from({ length: count }, () => fetch(`${stage.gateway}/dashboard/events`, { signal: end.signal })));
    streams.forEach((stream) => stream.body.pipeTo(new WritableStream()).catch(() => {}));
    await delay(5_000);
    const cpu = gateway.cpuSeconds();
    await delay(MINUTES * MINUTE_MS);
    const used = { cpu: gateway.cpuSeconds() - cpu, mib: gateway.mib('VmRSS') };
    end.abort();
    await fetch(`${stage.gateway}/jobs/${id}/cancel`, { method: 'POST' });
    return used;
  };
  await cost(1);
  const none = await cost(0);
  const one = await cost(1);
  const fifty = await cost(VIEWERS);
  const share = (used) => `${((100 * used.cpu) / (MINUTES * 60)).toFixed(2)} %`;
  row(`gateway's CPU, 0, 1 and ${VIEWERS} streams for ${MINUTES} min`, `${share(none)}, ${share(one)}, ${share(fifty)} of a core`, 'within 10 %');
  row(`gateway's RSS, 0, 1 and ${VIEWERS} streams`, `${[none, one, fifty].map(({ mib }) => mib.toFixed(0)).join(', ')} MiB`, '+ 16 MiB');
}

/** A page that looks at a run of 10,000 real parts. */
async function manyItems() {
  const id = await stage.submit('line\n'.repeat(MANY), { handler: 'identity', itemsPerJob: '1' });
  const page = await stage.open(`#/runs/${id}`);
  const devtools = await page.context().newCDPSession(page);
  const heap = async () => {
    await devtools.send('HeapProfiler.collectGarbage');
    return (await devtools.send('Runtime.getHeapUsage')).usedSize / MIB;
  };
  await page.locator('.states').waitFor();
  await delay(MINUTE_MS / 2);
  const heaps = [await heap()];
  const end = Date.now() + MINUTES * MINUTE_MS;
  for (let asked = 0; Date.now() < end; asked++) {
    await page.mouse.move(200 + (asked % 900), 400 + (asked % 200));
    await delay(1_000);
    if (asked % 30 === 29) heaps.push(await heap());
  }
  const { long } = await page.evaluate(() => globalThis.seen);
  const job = await stage.job(id);
  row(`page of a run of ${MANY} parts for ${MINUTES} min (${job.succeeded} done): heap`, `${heaps.map((mib) => mib.toFixed(1)).join(', ')} MiB`, 'flat');
  row('its long tasks', `${long.length}, longest ${Math.max(0, ...long)} ms`, '<= 100 ms');
}

/** The list, scrolled down and filtered, while 20 runs a second come to it. */
async function manyRuns() {
  const submit = () => stage.submit('line\n', { handler: 'identity', name: 'kept' });
  for (let made = 0; made < RUNS; made += CHANGES_A_SECOND) await Promise.all(Array.from({ length: CHANGES_A_SECOND }, submit));
  const page = await stage.open('#/runs?q=kept');
  const rows = page.locator('table tbody tr');
  await rows.first().waitFor();
  await page.mouse.wheel(0, 600);
  await delay(1_000);
  const scrolled = await page.evaluate(() => scrollY);
  await page.evaluate(() => seen.long.splice(0));
  const end = Date.now() + MINUTE_MS;
  let made = 0;
  for (; Date.now() < end; made++) {
    const next = delay(1_000 / CHANGES_A_SECOND);
    submit().catch(() => {});
    await next;
  }
  const { long } = await page.evaluate(() => globalThis.seen);
  const kept = (await page.evaluate(() => scrollY)) === scrolled && page.url().endsWith('q=kept');
  row(`list of ${RUNS} runs, ${Math.round(made / 60)} more a second for a minute: long tasks`, `${long.length}, longest ${Math.max(0, ...long)} ms`, '<= 100 ms');
  row('its scroll position and its filter', kept ? 'kept' : 'lost', 'kept');
}

function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}
