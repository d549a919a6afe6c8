#!/usr/bin/env node
/**
 * What a cluster adds to a job, on the one that KUBECONFIG names, with KEDA in it: how soon workers are there, by either of
 * KEDA's triggers, and how evenly pods work. BENCH=start,burst,tail runs some of them. Medians of ROUNDS (5). Nothing is asserted: a figure of one machine is
 * no promise.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { launchOnCluster } from '../lib/cluster.mjs';
import { Processes } from '../lib/processes.mjs';
import { Screen } from '../lib/screen.mjs';
import { Settings } from '../lib/settings.mjs';
import { median } from './work.mjs';

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const POLL_MS = 20;
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'freshet-kube-'));
const processes = new Processes(directory);
const context = { root, directory, processes, screen: new Screen(), settings: new Settings(process.env) };
const SOON_GONE = ['scale.cooldownPeriod=5', 'gracePeriodSeconds=3'];
const table = [];

const lines = (count) => Array.from({ length: count }, (_, i) => `{ "id": "${i + 1}", "value1": 1, "value2": 2, "op": "+" }\n`).join('');

async function submit({ gateway }, count, query) {
  const response = await fetch(`${gateway}/jobs?${query}`, { method: 'POST', headers: { 'content-type': 'application/x-ndjson' }, body: lines(count) });
  if (response.status !== 202) throw new Error(`${response.status}: ${await response.text()}`);
  return response.text();
}

async function reached({ gateway }, job, condition) {
  for (;;) {
    const document = await (await fetch(`${gateway}/jobs/${job}`)).json();
    if (condition(document)) return Date.now();
    if (['Failed', 'Canceled', 'CompleteWithErrors'].includes(document.status)) throw new Error(JSON.stringify(document));
    await delay(POLL_MS);
  }
}

const complete = (document) => document.status === 'Complete';

async function pods(running, component) {
  const list = await running.release.kubectl('get', 'pods', '--namespace', running.release.namespace, '--selector', `app.kubernetes.io/component=${component}`, '--output', 'name');
  return list.split('\n').filter(Boolean);
}

async function noWorker(running) {
  while ((await pods(running, 'worker')).length > 0) await delay(500);
}

/** When the process of the only worker began, by its own log. */
async function began(running) {
  for (;;) {
    for (const pod of await pods(running, 'worker')) {
      const log = await running.release.kubectl('logs', '--namespace', running.release.namespace, pod).catch(() => '');
      for (const line of log.split('\n').filter((text) => text.includes(' started in '))) {
        const { timestamp, message } = JSON.parse(line);
        return Date.parse(timestamp) - 1000 * Number(/started in ([\d.]+)s/.exec(message)[1]);
      }
    }
    await delay(POLL_MS);
  }
}

/** From no worker: its process, the first part, the whole small job. */
async function fromZero(running) {
  const figures = { began: [], first: [], complete: [] };
  for (let round = 0; round < ROUNDS; round++) {
    await noWorker(running);
    await delay(1000 + 1000 * Math.random());
    const started = Date.now();
    const job = await submit(running, 4, 'handler=calculator');
    figures.first.push((await reached(running, job, (d) => d.succeeded > 0)) - started);
    figures.complete.push((await reached(running, job, complete)) - started);
    figures.began.push((await began(running)) - started);
    context.screen.line(`  ${JSON.stringify(figures)}`);
  }
  return Object.fromEntries(Object.entries(figures).map(([name, all]) => [name, median(all) / 1000]));
}

/** Seconds that a job of parts that only wait takes, once its first pod is up or from the submit on. */
async function even(running, parts, query) {
  const all = [];
  for (let round = 0; round < ROUNDS; round++) {
    await noWorker(running);
    const started = Date.now();
    const job = await submit(running, parts, `handler=exec&itemsPerJob=1${query}`);
    all.push((await reached(running, job, complete)) - started);
    context.screen.line(`  ${all.at(-1)} ms`);
  }
  return median(all) / 1000;
}

async function on(values, measure) {
  const running = await launchOnCluster(context, [...SOON_GONE, ...values]);
  try {
    return await measure(running);
  } finally {
    await running.end();
  }
}

const row = (figure, ours, reference) => table.push(`| ${figure} | ${ours} | ${reference} |`);
const s = (seconds) => `${seconds.toFixed(2)} s`;

const few = ['settings.ACICOMPLETIONSTRIGGER=0'];

const benches = {
  async start() {
    const push = await on(few, fromZero);
    const polled = await on([...few, 'scale.trigger=azure-queue'], fromZero);
    row('submit → worker process started, from zero', s(push.began), `azure-queue at 5 s: ${s(polled.began)}`);
    row('submit → first part done, from zero', s(push.first), `azure-queue: ${s(polled.first)}`);
    row('submit → Complete, 4 lines, from zero', s(push.complete), `azure-queue: ${s(polled.complete)}`);
  },
  async burst() {
    const values = ['settings.EXEC_COMMAND=sleep 0.5; cat', 'settings.ACIMAXPARALLELISM=8'];
    const seconds = await on(values, (running) => even(running, 200, '&aci=1'));
    row('200 parts of 0.5 s, 8 burst pods', `${s(seconds)}, ${(seconds / 12.5).toFixed(2)} ×`, 'work ÷ pods: 12.50 s');
  },
  async tail() {
    const values = [...few, 'settings.EXEC_COMMAND=sleep 6; cat', 'scale.maxReplicaCount=3', 'settings.MAXPARALLELISM=3'];
    const seconds = await on(values, (running) => even(running, 12, ''));
    row('12 parts of 6 s, 3 workers, from zero', `${s(seconds)}, ${(seconds / 24).toFixed(2)} ×`, 'work ÷ workers: 24.00 s');
  },
};

try {
  for (const name of process.env.BENCH?.split(',') ?? Object.keys(benches)) await benches[name]();
  console.log(`\n| figure | external-push | reference |\n|---|---|---|\n${table.join('\n')}`);
} finally {
  await processes.stop();
}
