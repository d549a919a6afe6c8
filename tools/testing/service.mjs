/**
 * Stands in for every program that the scripts start. It is a gateway that computes jobs and orchestrations itself when its
 * command line names the gateway, and otherwise only answers. STUB_* variables make it misbehave.
 */
import http from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { resultLine } from '../lib/calculator.mjs';

const PARTS = 6;
const role = /(gateway|worker|watcher)\/target/.exec(process.argv.join(' '))?.[1] ?? 'storage';
const portArgument = process.argv.findIndex((argument) => /^--\w+Port$/.test(argument));
const port = Number(portArgument > 0 ? process.argv[portArgument + 1] : process.env.QUARKUS_HTTP_PORT);
const jobs = new Map();
let inputs = 0;
let halves = 0;

if (process.env.STUB_DIES === role) {
  console.log('cannot go on: the reason');
  process.exit(3);
}
if (process.env.STUB_DEAF === role) process.on('SIGTERM', () => {});

http.createServer((request, response) => answer(request, response).catch(() => response.destroy())).listen(port, '127.0.0.1');

async function answer(request, response) {
  const { pathname } = new URL(request.url, 'http://stub');
  const [, , id, what] = pathname.split('/');
  if (pathname.startsWith('/api/orchestrators/')) return start(request, response);
  if (pathname === '/instance') return response.end(JSON.stringify(instance()));
  if (request.method === 'POST') return accept(request, response);
  if (role !== 'gateway' || !pathname.startsWith('/jobs/')) return response.end('{}');
  if (what === 'events') return events(response, id);
  if (what === 'results') return response.end(jobs.get(id));
  return response.end(JSON.stringify(document(id, PARTS)));
}

async function accept(request, response) {
  if (process.env.STUB_REFUSES) {
    response.writeHead(413, { 'Content-Type': 'application/problem+json' });
    return response.end('{"title":"Too long","detail":"line 7 is too long"}');
  }
  let body = '';
  for await (const chunk of request) body += chunk;
  const results = body.split('\n').filter(Boolean).map(JSON.parse).map(compute);
  if (process.env.STUB_WRONG_LINE) results[process.env.STUB_WRONG_LINE - 1] = '{"wrong":true}';
  jobs.set('2026-11-1', `${results.join('\n')}\n`);
  response.writeHead(202, { Location: '/jobs/2026-11-1', 'Content-Type': 'application/json' });
  return response.end('{"id":"2026-11-1"}');
}

function compute({ id, value1, op, value2 }) {
  return resultLine({ id, left: String(value1), right: String(value2), op });
}

async function events(response, id) {
  if (process.env.STUB_WITHOUT_EVENTS) return response.destroy();
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  for (let done = 0; done <= PARTS; done++) {
    response.write(`data: ${JSON.stringify(document(id, done))}\n\n`);
    await delay(Number(process.env.STUB_PART_MS ?? 20));
  }
  return response.end();
}

function start(request, response) {
  inputs = Number(new URL(request.url, 'http://stub').searchParams.get('inputCount'));
  response.writeHead(202, { 'Content-Type': 'application/json' });
  return response.end(JSON.stringify({ id: 'abc', statusQueryGetUri: `http://127.0.0.1:${port}/instance` }));
}

/** Half of the inputs at each look. */
function instance() {
  const total = inputs;
  const completed = (halves++ % 3) * (total / 2);
  const customStatus = { completed, failed: 0, total, itemsPerSecond: 100 };
  if (completed < total) return { runtimeStatus: 'Running', customStatus };
  const value = 2 * total + Number(process.env.STUB_WRONG_SUM ?? 0);
  const output = { completed, failed: 0, total, outputs: 'output/abc/', value };
  return { runtimeStatus: process.env.STUB_INSTANCE_STATUS ?? 'Completed', customStatus, output };
}

function document(id, done) {
  const lines = jobs.get(id).split('\n').length - 1;
  const status = done === PARTS ? (process.env.STUB_STATUS ?? 'Complete') : 'Running';
  return { id, status, parts: PARTS, succeeded: done, failed: 0, lines, rejectedLines: 0, progress: done / PARTS, linesPerSecond: 1000 };
}
