// Services of their own for the browser tests, and a browser that looks at them.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../../..');
const HARNESS = path.join(ROOT, 'harness/target/freshet-harness.jar');
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Only a failure takes that long (milliseconds), however busy the machine is. */
const PATIENCE = 120_000;

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
    const script = path.join(this.directory, 'program.sh');
    fs.writeFileSync(script, PROGRAM(this.directory));
    this.services = new Services({ EXEC_COMMAND: `sh ${script}` });
    await this.startGateway();
    await this.services.ask({ start: 'watcher-1' });
    await this.services.ask({ start: 'worker-1' });
    this.browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ARGS });
  }

  async startGateway() {
    const { url, pid } = await this.services.ask({ start: 'gateway-1' });
    this.gateway = url;
    this.gatewayPid = pid;
  }

  /** Another gateway, before the same storage, that wants to know who looks. */
  async guardedGateway(keys) {
    return (await this.services.ask({ start: 'gateway-2', environment: { AUTH: 'key', AUTHKEYS: keys } })).url;
  }

  async killGateway() {
    await this.services.ask({ kill: 'gateway-1' });
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
    context.setDefaultTimeout(PATIENCE);
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
    await this.services?.stop();
    fs.rmSync(this.directory, { recursive: true, force: true });
  }
}

/** The harness, which starts and kills services as it is asked to; a native executable where NATIVE_MODULES names it. */
class Services {
  constructor(environment) {
    const java = path.join(process.env.JAVA_HOME ?? '', 'bin/java');
    this.process = spawn(process.env.JAVA_HOME ? java : 'java', ['-jar', HARNESS, 'serve'], {
      cwd: ROOT,
      env: { ...process.env, ...environment },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.answers = readline.createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
    this.ended = new Promise((resolve) => this.process.once('exit', resolve));
  }

  async ask(what) {
    this.process.stdin.write(`${JSON.stringify(what)}\n`);
    const { value, done } = await this.answers.next();
    if (done) throw new Error('The harness has ended: see above.');
    return JSON.parse(value);
  }

  async stop() {
    this.process.stdin.end();
    await this.ended;
  }
}

/** A key for AUTHKEYS, as `make key` makes one. */
export function newKey(name, rights) {
  const key = `key-of-${name}`;
  return { key, entry: `${name}:${rights}:${createHash('sha256').update(key).digest('hex')}` };
}

/** What the kernel says of a process. */
export class Footprint {
  constructor(pid) {
    this.directory = `/proc/${pid}`;
  }

  /** @param field `VmRSS` now, `VmHWM` at its peak */
  mib(field) {
    const status = fs.readFileSync(path.join(this.directory, 'status'), 'utf8');
    return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)[1]) / 1024;
  }

  cpuSeconds() {
    const [user, system] = fs.readFileSync(path.join(this.directory, 'stat'), 'utf8').split(') ')[1].split(' ').slice(11, 13);
    return (Number(user) + Number(system)) / 100;
  }
}

export async function until(look, limitMs = PATIENCE) {
  const limit = Date.now() + limitMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > limit) throw new Error(`Not within ${limitMs / 1000} s: ${look}`);
    await delay(100);
  }
}
