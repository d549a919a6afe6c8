import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { Ports } from './lib/ports.mjs';
import { Workshop } from './testing/workshop.mjs';

const ports = new Ports();
const UP = {
  GATEWAY_PORT: String(await ports.free()),
  WATCHER_PORT: String(await ports.free()),
  AZURITE_PORT: String(await ports.free(3)),
};
const IS_UP = new RegExp(`^Freshet is up: http://127\\.0\\.0\\.1:${UP.GATEWAY_PORT}$`, 'm');
const onLinux = { timeout: 60_000, skip: process.platform !== 'linux' && 'looks for survivors in /proc' };
let workshop;

before(() => (workshop = new Workshop()));
after(() => workshop.remove());

async function noSurvivors(limit = 5_000) {
  const end = Date.now() + limit;
  while (workshop.survivors().length > 0 && Date.now() < end) await delay(50);
  assert.deepEqual(workshop.survivors(), []);
}

test('the demo ends well when every line is right, and leaves the result behind', onLinux, async () => {
  const run = workshop.run('demo');

  assert.equal(await run.ended, 0, run.out);
  assert.match(run.out, /all 1,000 result lines are right/);
  assert.match(run.out, /Completed 100 %: items 1,000\/1,000, 100 items\/s\n[^]*the output is right: 1,000 results, which add up to 2,000\n$/);
  assert.equal(workshop.results().split('\n').length, 1001);
  await noSurvivors();
});

test('one wrong line fails the demo, which shows it', onLinux, async () => {
  const run = workshop.run('demo', { STUB_WRONG_LINE: '417' });

  assert.equal(await run.ended, 1);
  assert.match(run.out, /Result line 417 is wrong\.\n {2}expected {2}\{"id":"417",.*\n {2}got {7}\{"wrong":true\}\n$/);
  await noSurvivors();
});

test('a wrong output of the orchestration fails the demo, which shows it', onLinux, async () => {
  const run = workshop.run('demo', { STUB_WRONG_SUM: '-1', DEMO_INPUTS: '400' });

  assert.equal(await run.ended, 1);
  assert.match(run.out, /The output's "value" is wrong\.\n {2}expected {2}800\n {2}got {7}799\n$/);
  await noSurvivors();
});

test('an orchestration that does not complete fails the demo', onLinux, async () => {
  const run = workshop.run('demo', { STUB_INSTANCE_STATUS: 'Terminated' });

  assert.equal(await run.ended, 1);
  assert.match(run.out, /The instance ended as Terminated: /);
});

test('right lines of a job with errors fail the demo', onLinux, async () => {
  const run = workshop.run('demo', { STUB_STATUS: 'CompleteWithErrors' });

  assert.equal(await run.ended, 1);
  assert.match(run.out, /The job ended as CompleteWithErrors\.\n$/);
});

test('without an event stream the demo polls', onLinux, async () => {
  assert.equal(await workshop.run('demo', { STUB_WITHOUT_EVENTS: '1' }).ended, 0);
});

test('the reason of a refused upload is told in one line', onLinux, async () => {
  const run = workshop.run('demo', { STUB_REFUSES: '1' });

  assert.equal(await run.ended, 1);
  assert.match(run.out, /\nThe upload was answered 413 Payload Too Large: line 7 is too long\n$/);
  await noSurvivors();
});

test("the user's own file is run without the check", onLinux, async () => {
  const file = path.join(workshop.root, 'mine.json');
  fs.writeFileSync(file, '{"id":"x","value1":1,"value2":2,"op":"+"}\n');
  const run = workshop.run('demo', { INPUT: file });

  assert.equal(await run.ended, 0, run.out);
  assert.equal(workshop.results(), '{"id":"x","value1":1.0,"value2":2.0,"op":"+","result":3.0}\n');
  assert.doesNotMatch(run.out, /are right|orchestr/i);
});

test('a killed worker does not end the demo, the last one does', onLinux, async () => {
  const two = workshop.run('demo', { KILL_WORKER: '1', STUB_PART_MS: '100' });
  const one = workshop.run('demo', { KILL_WORKER: '1', STUB_PART_MS: '100', WORKERS: '1' });

  assert.equal(await two.ended, 0, two.out);
  assert.match(two.out, /Killing worker-1 \(kill -9\) at 2 of 6 parts\.[^]*worker-1 died \(SIGKILL\); 1 left\./);
  assert.equal(await one.ended, 1);
  assert.match(one.out, /worker-1 ended as the last worker \(SIGKILL\)/);
  await noSurvivors();
});

test('a service that dies while starting shows the end of its log', onLinux, async () => {
  const run = workshop.run('up', { ...UP, STUB_DIES: 'watcher' });

  assert.equal(await run.ended, 1);
  assert.match(run.out, /watcher ended while starting \(exit code 3\)\. The end of .*watcher\.log:\ncannot go on: the reason\n$/);
  await noSurvivors();
});

test('a service that is not built is named with the remedy', onLinux, async () => {
  const run = workshop.run('demo', { NATIVE: '1' });

  assert.equal(await run.ended, 1);
  assert.match(run.out, /The gateway is not built as a native executable: run `make native`\.\n$/);
});

for (const by of ['node', 'make']) {
  for (const signal of ['SIGINT', 'SIGTERM']) {
    test(`up, run by ${by}, ends everything on ${signal}`, onLinux, async () => {
      const run = workshop.run('up', UP, by);
      await run.says(IS_UP);

      run.process.kill(signal);

      assert.ok([0, 2, 'SIGINT', 'SIGTERM'].includes(await run.ended), run.out);
      assert.match(run.out, new RegExp(`Stopped \\(interrupted by ${signal}\\)`));
      assert.deepEqual(workshop.survivors(), []);
    });
  }
}

test('the demo, interrupted, fails and ends everything', onLinux, async () => {
  const run = workshop.run('demo', { STUB_PART_MS: '5000' });
  await run.says(/Uploaded/);

  run.process.kill('SIGINT');

  assert.equal(await run.ended, 130);
  await noSurvivors();
});

test('a second Ctrl-C does not wait for a service that is deaf to SIGTERM', onLinux, async () => {
  const run = workshop.run('up', { ...UP, STUB_DEAF: 'watcher' });
  await run.says(IS_UP);

  run.process.kill('SIGINT');
  await delay(700);
  run.process.kill('SIGINT');

  const late = delay(5_000, 'late', { ref: false });
  assert.equal(await Promise.race([run.ended, late]), 130);
  await noSurvivors();
});

test('nothing is left behind even when the script itself is killed', onLinux, async () => {
  const run = workshop.run('up', { ...UP, STUB_DEAF: 'watcher' });
  await run.says(IS_UP);

  run.process.kill('SIGKILL');

  await noSurvivors(10_000);
});

test('a worker that dies under up is started again', onLinux, async () => {
  const run = workshop.run('up', UP);
  await run.says(IS_UP);
  const died = workshop.pid('worker/target');

  process.kill(died, 'SIGKILL');

  await run.says(/worker-\d died \(SIGKILL\); it is started again\./);
  const end = Date.now() + 5_000;
  const running = () => workshop.survivors().filter((line) => line.includes('worker/target')).length;
  while (running() < 2 && Date.now() < end) await delay(50);
  assert.equal(running(), 2);
  run.process.kill('SIGTERM');
  await run.ended;
});

test('a taken port is named with its variable', onLinux, async () => {
  const first = workshop.run('up', UP);
  await first.says(IS_UP);

  const other = { WATCHER_PORT: String(await ports.free()), AZURITE_PORT: String(await ports.free(3)) };
  const second = workshop.run('up', { ...UP, ...other });

  assert.equal(await second.ended, 1);
  assert.match(second.out, new RegExp(`^Port ${UP.GATEWAY_PORT} is taken: set GATEWAY_PORT to another port, .*\n$`));
  first.process.kill('SIGTERM');
  await first.ended;
});
