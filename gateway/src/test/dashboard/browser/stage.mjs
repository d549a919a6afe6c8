// Services of their own for the browser tests, and a browser that looks at them.
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { Packaging } from '../../../../../tools/lib/packaging.mjs';
import { Ports } from '../../../../../tools/lib/ports.mjs';
import { Processes } from '../../../../../tools/lib/processes.mjs';
import { Programs } from '../../../../../tools/lib/programs.mjs';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../../..');
const START_LIMIT_MS = 180_000;
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** A part fails as long as the file `broken` is there and it has a line "bad"; a line "slow" takes a third of a second, and notes its end. */
const PROGRAM = (directory) => `
while IFS= read -r line; do
  case "$line" in
    bad*) if [ -e '${directory}/broken' ]; then echo 'line bad cannot be computed' >&2; exit 3; fi ;;
    slow*) sleep 0.3; date +%s%3N >> '${directory}/ended' ;;
  esac
  printf '%s\\n' "$line"
done`;

export class Stage {
  static async start() {
    const stage = new Stage();
    await stage.#start();
    return stage;
  }

  contexts = [];
  /** Where pictures are kept. */
  pictures = path.join(ROOT, 'gateway/target/dashboard-pictures');
  /** Where those of the README are kept. */
  docs = path.resolve(ROOT, process.env.UPDATE ? 'gateway/docs' : 'gateway/target/dashboard-pictures');

  async #start() {
    this.directory = fs.mkdtempSync(path.join(os.tmpdir(), 'freshet-browser-'));
    for (const directory of [this.pictures, this.docs]) fs.mkdirSync(directory, { recursive: true });
    this.processes = new Processes(this.directory);
    const script = path.join(this.directory, 'program.sh');
    fs.writeFileSync(script, PROGRAM(this.directory));
    const ports = new Ports();
    this.programs = new Programs({
      root: ROOT,
      env: { ...process.env, EXEC_COMMAND: `sh ${script}` },
      packaging: { executable: (module) => new Packaging(ROOT, process.env, kindOf(module)).executable(module) },
      azuritePort: await ports.free(3),
    });
    this.gatewayProgram = this.programs.service('gateway', 'gateway', await ports.free());
    this.gateway = `http://127.0.0.1:${this.gatewayProgram.port}`;
    await Promise.all(['blob', 'queue'].map((storage) => this.run(this.programs.azurite(storage))));
    await Promise.all([
      this.startGateway(),
      this.run(this.programs.service('watcher', 'watcher', await ports.free())),
      this.run(this.programs.service('worker', 'worker-1', await ports.free())),
    ]);
    this.browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ARGS });
  }

  async run(program) {
    const child = this.processes.start(program);
    const limit = Date.now() + START_LIMIT_MS;
    while (!(await answers(program))) {
      if (child.end !== undefined || Date.now() > limit) throw child.failure('while starting');
      await delay(100);
    }
    return child;
  }

  async startGateway() {
    this.gatewayChild = await this.run(this.gatewayProgram);
  }

  async killGateway() {
    this.gatewayChild.signal('SIGKILL');
    await this.gatewayChild.ended;
  }

  broken(yes) {
    const file = path.join(this.directory, 'broken');
    if (yes) fs.writeFileSync(file, '');
    else fs.rmSync(file, { force: true });
  }

  /** A page that notes what the policy has blocked, long tasks, and what is said on the console. */
  async open(hash = '', { width = 1440, height = 900, colorScheme = 'light', base = this.gateway } = {}) {
    const context = await this.browser.newContext({ viewport: { width, height }, colorScheme, reducedMotion: 'reduce', acceptDownloads: true });
    this.contexts.push(context);
    const page = await context.newPage();
    page.errors = [];
    page.on('pageerror', (error) => page.errors.push(String(error)));
    await page.addInitScript(() => {
      globalThis.seen = { blocked: [], long: [] };
      document.addEventListener('securitypolicyviolation', (event) => seen.blocked.push(`${event.effectiveDirective} ${event.blockedURI}`));
      new PerformanceObserver((list) => seen.long.push(...list.getEntries().map((entry) => Math.round(entry.duration)))).observe({ type: 'longtask', buffered: true });
    });
    await page.goto(`${base}/${hash}`);
    return page;
  }

  /** Whatever a test has left open looks on, and costs requests. */
  async closePages() {
    await Promise.all(this.contexts.splice(0).map((context) => context.close()));
  }

  /** Nothing was blocked, and no script has failed. */
  async clean(page) {
    const { blocked } = await page.evaluate(() => globalThis.seen);
    return [...blocked, ...page.errors];
  }

  async submit(lines, query) {
    const answer = await fetch(`${this.gateway}/jobs?${new URLSearchParams(query)}`, {
      method: 'POST', body: lines, headers: { 'Content-Type': 'application/x-ndjson', Accept: 'application/json' },
    });
    if (!answer.ok) throw new Error(await answer.text());
    return (await answer.json()).id;
  }

  async job(id) {
    return (await fetch(`${this.gateway}/jobs/${id}`)).json();
  }

  async ended(id) {
    return until(async () => {
      const job = await this.job(id);
      return job.completionTime === undefined ? undefined : job;
    });
  }

  picture(page, name) {
    return page.screenshot({ path: path.join(this.pictures, `${name}.png`), fullPage: true });
  }

  async stop() {
    await this.browser?.close();
    await this.processes.stop();
    fs.rmSync(this.directory, { recursive: true, force: true });
  }
}

/** Executables are run where they are built. */
function kindOf(module) {
  return process.env.NATIVE_MODULES?.split(' ').includes(module) ? 'native' : 'jar';
}

export async function until(look, limitMs = 60_000) {
  const limit = Date.now() + limitMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > limit) throw new Error(`Not within ${limitMs / 1000} s: ${look}`);
    await delay(100);
  }
}

/** Whether the service is ready; storage answers anything. */
function answers({ port, health }) {
  return new Promise((resolve) => {
    const request = http.get({ host: '127.0.0.1', port, path: health ?? '/', agent: false, timeout: 5_000 });
    request.once('response', (response) => {
      response.resume();
      resolve(health === undefined || response.statusCode === 200);
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(false));
  });
}
