import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { launchOnCluster } from './cluster.mjs';
import { Failure } from './failure.mjs';
import { isFinal, Jobs } from './jobs.mjs';
import { launch } from './launch.mjs';
import { Orchestration } from './orchestration.mjs';
import { ResultCheck } from './results.mjs';
import { count, mebibytes, seconds } from './screen.mjs';
import { calculatorInput, fileInput } from './upload.mjs';

const DEFAULT_LINES = 1_000_000;
const DEFAULT_ITEMS_PER_JOB = 25_000;
const MANY = 1_000_000_000;
const PERCENT = 100;
const CAUSE_WAIT_MS = 300;
const TICK_MS = 250;

/**
 * Runs one whole job as a client would, and checks every line of its result; then an orchestration, and checks its output.
 *
 * @param packaging how the services are packaged, if the environment is not to say it
 */
export async function demo(context, packaging) {
  const input = chooseInput(context.settings);
  const running = context.settings.flag('KUBE')
    ? await launchOnCluster(context)
    : await launch(context, { ports: 'free', storage: ['blob', 'queue'], restartWorkers: false, packaging });
  try {
    const acts = play(context, running, input).catch((error) => firstCause(error, running.stack));
    await Promise.race([acts, running.stack.broken]);
  } finally {
    await running.end?.();
  }
}

async function play(context, running, input) {
  await new Demo(context, running, input).run();
  // who has a file of his own wants to see what becomes of that
  if (input.expected) await new Orchestration(context, running.gateway).run();
}

/** A service that dies shows first as a broken connection: the death is the better explanation. */
async function firstCause(error, stack) {
  await Promise.race([delay(CAUSE_WAIT_MS), stack.broken]);
  throw error;
}

function chooseInput(settings) {
  const file = settings.text('INPUT');
  if (file) return fileInput(file);
  return calculatorInput(settings.number('DEMO_LINES', { min: 0, max: MANY }) ?? DEFAULT_LINES);
}

class Demo {
  constructor({ settings, screen, directory }, { stack, gateway }, input) {
    this.settings = settings;
    this.screen = screen;
    this.stack = stack;
    this.input = input;
    this.jobs = new Jobs(gateway);
    this.results = path.join(directory, 'results.json');
    this.errors = path.join(directory, 'errors.json');
  }

  async run() {
    const started = Date.now();
    const id = await this.#upload();
    const job = await this.#follow(id);
    const duration = Date.now() - started;
    if (!['Complete', 'CompleteWithErrors'].includes(job.status)) {
      throw new Failure(`The job ended as ${job.status}${job.reason ? `: ${job.reason}` : '.'}`);
    }
    const check = await this.#download(id);
    await this.#report(job, check, duration);
    this.#judge(job, check);
  }

  async #upload() {
    const { screen, input } = this;
    const started = Date.now();
    const state = () => {
      const sent = input.sent();
      const rate = mebibytes((sent.bytes * 1000) / Math.max(1, Date.now() - started));
      const lines = sent.lines === undefined ? '' : `${count(sent.lines)}/${count(input.lines)} lines, `;
      return `${lines}${mebibytes(sent.bytes)}, ${rate}/s`;
    };
    const ticks = setInterval(() => screen.progress(`Uploading ${input.name}: ${state()}`), TICK_MS);
    try {
      const id = await this.jobs.submit(input.open(), { query: this.#query(), headers: input.headers });
      screen.endProgress(`Uploaded ${input.name} in ${seconds(Date.now() - started)}: ${state()}. Job ${id}`);
      return id;
    } finally {
      clearInterval(ticks);
    }
  }

  #query() {
    const itemsPerJob = this.settings.number('ITEMSPERJOB', { min: 1, max: MANY }) ?? DEFAULT_ITEMS_PER_JOB;
    return { handler: this.settings.text('HANDLER') ?? 'calculator', itemsPerJob };
  }

  async #follow(id) {
    let job;
    let killed = !this.settings.flag('KILL_WORKER');
    for await (job of this.jobs.follow(id)) {
      if (!killed && !isFinal(job) && job.succeeded * 3 >= job.parts) {
        killed = true;
        this.screen.line(`Killing ${this.stack.killWorker()} (kill -9) at ${job.succeeded} of ${job.parts} parts.`);
      }
      if (!isFinal(job)) this.screen.progress(describe(job));
    }
    if (!killed) this.screen.line('KILL_WORKER: the job was done before a worker could be killed; use more DEMO_LINES.');
    this.screen.endProgress(describe(job));
    return job;
  }

  async #download(id) {
    const check = new ResultCheck(this.input.expected?.());
    const response = await this.jobs.open(`/jobs/${id}/results`);
    await save(response, this.results, (chunk) => check.accept(chunk));
    check.end();
    return check;
  }

  async #report(job, check, duration) {
    const { screen, jobs } = this;
    const rate = count((check.lines * 1000) / Math.max(1, duration));
    screen.line(`First line   ${check.first ?? '(none)'}`);
    screen.line(`Last line    ${check.last ?? '(none)'}`);
    screen.line(`Job          ${job.id} ${job.status}: ${job.succeeded} of ${job.parts} parts, ${job.failed} failed`);
    screen.line(`Lines        ${count(job.lines)} in, ${count(check.lines)} out, ${count(job.rejectedLines)} rejected`);
    screen.line(`Duration     ${seconds(duration)} from the first byte up to the merged result (${rate} lines/s)`);
    screen.line(`Result       ${relative(this.results)}, downloaded from ${jobs.url(`/jobs/${job.id}/results`)}`);
    if (job.rejectedLines > 0) await this.#saveErrors(job.id);
  }

  async #saveErrors(id) {
    await save(await this.jobs.open(`/jobs/${id}/errors`), this.errors, () => {});
    this.screen.line(`Rejected     ${relative(this.errors)}`);
  }

  #judge(job, check) {
    if (check.wrong) {
      const { line, expected, got } = check.wrong;
      const absent = '(no line)';
      throw new Failure(`Result line ${line} is wrong.\n  expected  ${expected ?? absent}\n  got       ${got ?? absent}`);
    }
    if (job.status !== 'Complete') {
      throw new Failure(`The job ended as ${job.status}${job.reason ? `: ${job.reason}` : '.'}`);
    }
    if (this.input.expected) this.screen.line(`Check        all ${count(check.lines)} result lines are right and in order`);
  }
}

function describe(job) {
  const done = Math.floor((job.progress ?? 0) * PERCENT);
  const lines = count((job.progress ?? 0) * (job.lines ?? 0));
  const left = Date.parse(job.estimatedCompletionTime ?? '') - Date.now();
  const eta = !isFinal(job) && left > 0 ? `, ETA ${Math.ceil(left / 1000)} s` : '';
  const rate = job.linesPerSecond > 0 ? `, ${count(job.linesPerSecond)} lines/s` : '';
  const parts = `parts ${job.succeeded + job.failed}/${job.parts}`;
  return `${job.status} ${done} %: ${parts}, lines ${lines}/${count(job.lines ?? 0)}${rate}${eta}`;
}

/** Writes the stream to a file, showing each chunk to `look` on the way. */
async function save(stream, file, look) {
  const handle = await fs.promises.open(file, 'w');
  try {
    for await (const chunk of stream) {
      look(chunk);
      await handle.writeFile(chunk);
    }
  } finally {
    await handle.close();
  }
}

function relative(file) {
  return path.relative(process.cwd(), file);
}
