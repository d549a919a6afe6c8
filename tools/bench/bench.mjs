#!/usr/bin/env node
/**
 * The benchmarks: each figure beside its reference, alternating in the same run, medians, as one table of ratios; and the
 * packagings that are built beside each other (start, computing, uploading).
 * BENCH=upload,split runs some of them; BASE is another checkout, built, beside whose engine ours is measured; ROUNDS (5) how often; PEER the program of Durable Functions' engine; BENCH_MIB (1024) the size of the large upload;
 * BENCH_PARTS (10000) the number of small parts; BENCH_BACKLOG (5000) the length of a long queue: the emulator sorts all of
 * it for each poll, and hands out some ten a second of 20000. Nothing is asserted: a figure of one machine is no promise.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { calculatorInput } from '../lib/upload.mjs';
import { engineBenches } from './engine.mjs';
import { Bench } from './lab.mjs';
import { orchestrationBenches } from './orchestrations.mjs';
import { KINDS, Packagings } from './packagings.mjs';
import { whereBench } from './where.mjs';
import { difference, job, median, submitted, total } from './work.mjs';

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const LARGE_MIB = Number(process.env.BENCH_MIB ?? 1024);
const SMALL_MIB = 64;
const PARTS = Number(process.env.BENCH_PARTS ?? 10_000);
const BACKLOG = Number(process.env.BENCH_BACKLOG ?? 5_000);
const BACKLOG_POLL_MS = 100;
const LINES_PER_PART = 100;
const MIB = 2 ** 20;
const WORKER_THREADS = 2;
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'freshet-bench-'));
const lab = new Bench(root, scratch);
const table = [];

const packagingTable = [];

const base = process.env.BASE ? new Bench(path.resolve(process.env.BASE), fs.mkdtempSync(path.join(scratch, 'base-'))) : undefined;
const engine = engineBenches({ lab, base, row, rounds: ROUNDS });

const orchestrations = orchestrationBenches({ lab, row, rounds: ROUNDS });

const benches = { ...engine, ...orchestrations, where: whereBench({ lab, row }), split, calculator, upload, parts, backlog, start, computing, uploading };

/** Upload of a large file: the gateway's stream against the SDK's own parallel block upload. */
async function upload() {
  const large = await lines(LARGE_MIB);
  const small = await lines(SMALL_MIB);
  const ours = [];
  const reference = [];
  const peaks = { small: [], large: [] };
  for (let round = 0; round < ROUNDS; round++) {
    await lab.with({ gateways: 2 }, async (stack) => {
      reference.push(lab.plainSdk(stack, ['upload', large]));
      ours.push(post(stack.gateways[0].url, large));
      peaks.large.push(stack.gateways[0].mib('VmHWM'));
      post(stack.gateways[1].url, small);
      peaks.small.push(stack.gateways[1].mib('VmHWM'));
    });
    lab.progress(`upload ${round + 1}/${ROUNDS}: ${ours.at(-1).toFixed(1)} s, SDK ${reference.at(-1).toFixed(1)} s`);
  }
  const size = fs.statSync(large).size / MIB;
  row(`upload ${LARGE_MIB} MiB of lines`, `${(size / median(ours)).toFixed(0)} MiB/s`, `SDK ${(size / median(reference)).toFixed(0)} MiB/s`, median(ours) / median(reference), '<= 1.15 x its time');
  row(`gateway's peak RSS, ${LARGE_MIB} MiB`, `${median(peaks.large).toFixed(0)} MiB`, `${SMALL_MIB} MiB: ${median(peaks.small).toFixed(0)} MiB`, median(peaks.large) / median(peaks.small), 'within 10 %');
}

function post(gateway, file) {
  const out = execFileSync('curl', ['-sS', '-o', '/dev/null', '-w', '%{http_code} %{time_total}', '-X', 'POST', '-T', file, '-H', 'Content-Type: application/x-ndjson', '-H', 'Expect:', `${gateway}/jobs`], { encoding: 'utf8' });
  const [status, seconds] = out.split(' ');
  if (status !== '202') throw new Error(`The gateway answered ${status}`);
  return Number(seconds);
}

/** Splitting alone, from the page cache, against `wc -l`. */
async function split() {
  const file = await lines(LARGE_MIB);
  const out = lab.java('gateway', 'io.freshet.gateway.bench.SplitBench', [file, '100000', String(Math.max(ROUNDS, 5))]);
  const [, ours, reference] = /: ([\d.]+) GiB\/s, wc -l: ([\d.]+) GiB\/s/.exec(out);
  row('split only, one core', `${ours} GiB/s`, `wc -l ${reference} GiB/s`, ours / reference, '>= 0.5');
}

/** The calculator on one core, against DuckDB on one thread and jq. */
async function calculator() {
  const file = await lines(256);
  const count = Number(execFileSync('wc', ['-l', file], { encoding: 'utf8' }).split(' ')[0]);
  const python = duckdb();
  const ours = [];
  const reference = [];
  for (let round = 0; round < ROUNDS; round++) {
    const out = lab.java('worker', 'io.freshet.worker.bench.CalculatorBench', ['--in', file, '--out', path.join(scratch, 'ours')]);
    ours.push(Number(/in ([\d.]+) s/.exec(out)[1]));
    if (python) reference.push(Number(execFileSync(python, [path.join(root, 'tools/bench/duckdb_calculator.py'), file, path.join(scratch, 'duckdb')], { encoding: 'utf8' })));
    lab.progress(`calculator ${round + 1}/${ROUNDS}: ${ours.at(-1)} s, DuckDB ${reference.at(-1)} s`);
  }
  const rate = count / median(ours);
  if (python) row('calculator, one core, file to file', `${million(rate)} lines/s`, `DuckDB ${million(count / median(reference))} lines/s`, rate / (count / median(reference)), '> 1');
  const jq = jqRate(file, 200_000);
  if (jq) row('calculator, one core, file to file', `${million(rate)} lines/s`, `jq ${million(jq)} lines/s`, rate / jq, '');
}

function jqRate(file, count) {
  const head = path.join(scratch, 'head');
  fs.writeFileSync(head, execFileSync('head', ['-n', String(count), file], { maxBuffer: 1 << 30 }));
  const program = '. + {result: (if .op == "+" then .value1 + .value2 elif .op == "-" then .value1 - .value2 elif .op == "*" then .value1 * .value2 else .value1 / .value2 end)}';
  const begun = performance.now();
  const run = spawnSync('jq', ['-c', program, head], { stdio: ['ignore', 'ignore', 'ignore'] });
  return run.status === 0 ? count / ((performance.now() - begun) / 1000) : undefined;
}

/** A Python with DuckDB of its own below target/, so that nothing is installed for the user. */
function duckdb() {
  const home = path.join(root, 'target', 'bench-python');
  const python = path.join(home, 'bin', 'python');
  try {
    if (!fs.existsSync(python)) execFileSync('python3', ['-m', 'venv', home], { stdio: 'ignore' });
    execFileSync(python, ['-m', 'pip', 'install', '-q', '-r', path.join(root, 'tools/bench/requirements.txt')], { stdio: 'ignore' });
    return python;
  } catch {
    lab.progress('DuckDB is left out: python3 with venv and pip could not install it');
    return undefined;
  }
}

/** Many small parts: throughput against the same calls made plainly, and calls per part by kind. */
async function parts() {
  const ours = [];
  const reference = [];
  let calls;
  for (let round = 0; round < ROUNDS; round++) {
    await lab.with({ gateways: 1, workers: 2, watchers: 1, threads: WORKER_THREADS }, async (stack) => {
      await job(stack, 100 * LINES_PER_PART, LINES_PER_PART);
      const before = await stack.calls();
      await job(stack, PARTS * LINES_PER_PART, LINES_PER_PART, ours);
      calls = difference(before, await stack.calls());
      reference.push(lab.plainSdk(stack, ['parts', String(PARTS), String(2 * WORKER_THREADS)]));
    });
    lab.progress(`parts ${round + 1}/${ROUNDS}: ${ours.at(-1).toFixed(1)} s, plain calls ${reference.at(-1).toFixed(1)} s`);
  }
  row(`${PARTS} parts of ${LINES_PER_PART} lines`, `${(PARTS / median(ours)).toFixed(0)} parts/s`, `plain calls ${(PARTS / median(reference)).toFixed(0)} parts/s`, median(reference) / median(ours), '>= 0.6');
  const few = await callsPerPart(100);
  row('storage calls per part', (total(calls) / PARTS).toFixed(2), `with 100 parts: ${few.toFixed(2)}`, total(calls) / PARTS / few, '<= 9, constant');
  const kinds = Object.entries(calls).sort((a, b) => b[1] - a[1]).map(([kind, n]) => `${kind} ${(n / PARTS).toFixed(2)}`);
  lab.progress(`calls per part: ${kinds.join(', ')}`);
}

async function callsPerPart(count) {
  let perPart;
  await lab.with({ gateways: 1, workers: 2, watchers: 1, threads: WORKER_THREADS }, async (stack) => {
    await job(stack, count * LINES_PER_PART, LINES_PER_PART);
    const idle = await stack.idleCallsPerSecond();
    const before = await stack.calls();
    const begun = performance.now();
    await job(stack, count * LINES_PER_PART, LINES_PER_PART);
    const polls = (idle * (performance.now() - begun)) / 1000;
    const made = total(difference(before, await stack.calls()));
    perPart = (made - polls) / count;
  });
  return perPart;
}

/** Long queues before one worker and one watcher: messages and events that came twice, of a job that has ended long ago. */
async function backlog() {
  await lab.with({ gateways: 1, watchers: 1, workers: 1, threads: WORKER_THREADS }, async (stack) => {
    const { id, storageBlobPrefix } = await job(stack, 10 * LINES_PER_PART, LINES_PER_PART);
    for (const service of [...stack.workers, ...stack.watchers]) await service.kill();
    const message = { v: 1, kind: 'part', run: id, part: 1, firstByte: 0, bytes: 100, firstLine: 1, lines: 1 };
    const subject = `/blobServices/default/containers/jobs/blobs/${storageBlobPrefix}/output_1.json`;
    const data = { api: 'PutBlob', contentType: 'application/x-ndjson; lines=100; rejected=0', contentLength: 1, blobType: 'BlockBlob', url: 'http://127.0.0.1/' };
    const event = { topic: 't', subject, eventType: 'Microsoft.Storage.BlobCreated', id: '1', eventTime: new Date().toISOString(), data, dataVersion: '', metadataVersion: '1' };
    await workOff(stack, 'worker', 'work', message);
    await workOff(stack, 'watcher', 'events', event);
  });
}

async function workOff(stack, module, queue, message) {
  const filled = lab.plainSdk(stack, ['queue', queue, String(BACKLOG), JSON.stringify(message)]);
  lab.progress(`${BACKLOG} messages in ${queue} after ${filled.toFixed(0)} s`);
  const service = await stack.start(module, 'jar', {});
  await service.ready();
  const tenths = [];
  for (let tenth = 1; tenth <= 10; ) {
    await delay(BACKLOG_POLL_MS);
    const { DeleteMessage: done = 0 } = await service.calls();
    if (done < (tenth * BACKLOG) / 10) continue;
    tenths.push({ cpu: service.cpuSeconds(), mib: service.mib('VmRSS') });
    lab.progress(`${module}: ${tenth}/10, ${tenths.at(-1).mib.toFixed(0)} MiB, ${tenths.at(-1).cpu.toFixed(1)} s CPU`);
    tenth++;
  }
  await service.kill();
  // the first tenths warm the JVM
  const cost = (from, to) => (tenths[to].cpu - tenths[from].cpu) / (to - from);
  row(`${module}: RSS at the end of ${BACKLOG} messages`, `${tenths[9].mib.toFixed(0)} MiB`, `at half: ${tenths[4].mib.toFixed(0)} MiB`, tenths[9].mib / tenths[4].mib, 'flat');
  row(`${module}: CPU per message, last third`, `${((cost(6, 9) / BACKLOG) * 1e7).toFixed(0)} us`, `third before: ${((cost(3, 6) / BACKLOG) * 1e7).toFixed(0)} us`, cost(6, 9) / cost(3, 6), 'flat');
}

/** Process start to first claim, by packaging. */
async function start() {
  await packagings().firstClaim(Math.max(ROUNDS, 10), (stack, items) => submitted(stack, items, 1, 'identity'));
}

/** Memory and speed of a worker, by packaging. */
async function computing() {
  const run = async (stack, count, itemsPerJob) => {
    const seconds = [];
    await job(stack, count, itemsPerJob, seconds);
    return seconds[0];
  };
  await packagings().computing(ROUNDS, run);
}

/** Start, memory and speed of a gateway, by packaging. */
async function uploading() {
  await packagings().uploading(ROUNDS, await lines(LARGE_MIB), post);
}

/** A file of calculator lines of about so many MiB; made once. */
async function lines(mib) {
  const file = path.join(scratch, `${mib}.jsonl`);
  if (!fs.existsSync(file)) {
    const block = [];
    for await (const chunk of calculatorInput(100_000).open()) block.push(Buffer.from(chunk));
    const bytes = Buffer.concat(block);
    const out = fs.openSync(file, 'w');
    for (let size = 0; size < mib * MIB; size += bytes.length) fs.writeSync(out, bytes);
    fs.closeSync(out);
  }
  return file;
}

function million(rate) {
  return `${(rate / 1e6).toFixed(2)} M`;
}

function row(figure, ours, reference, ratio, aim) {
  table.push([figure, ours, reference, ratio ? ratio.toFixed(2) : '', aim]);
}

function packagings() {
  return new Packagings(lab, packagingRow);
}

function packagingRow(figure, series, written, aim) {
  packagingTable.push([figure, ...KINDS.map((kind) => (series[kind]?.length ? written(median(series[kind])) : '')), aim]);
}

const asked = process.env.BENCH ? process.env.BENCH.split(',') : Object.keys(benches);
try {
  for (const name of asked) {
    if (!benches[name]) throw new Error(`There is no benchmark '${name}': ${Object.keys(benches).join(', ')}`);
    await benches[name]();
  }
} finally {
  await lab.stop();
  await base?.stop();
  fs.rmSync(scratch, { recursive: true, force: true });
}
print(['figure', 'Freshet', 'reference', 'ratio', 'aim'], table);
print(['figure', ...KINDS, 'aim'], packagingTable);

function print(heads, rows) {
  if (rows.length === 0) return;
  console.log(`\n| ${heads.join(' | ')} |\n|${'---|'.repeat(heads.length)}`);
  for (const cells of rows) console.log(`| ${cells.join(' | ')} |`);
}
