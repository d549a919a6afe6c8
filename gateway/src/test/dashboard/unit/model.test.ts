import assert from 'node:assert/strict';
import test from 'node:test';
import { LookedAt } from '../../../main/dashboard/model/looked-at';
import { hold, isHeld } from '../../../main/dashboard/model/held';
import { changed, parse } from '../../../main/dashboard/model/route';
import { accepts, type Run, Runs } from '../../../main/dashboard/model/runs';
import { Series } from '../../../main/dashboard/model/series';

const NOW = 1_800_000_000;

function run(id: string, more: Partial<Run> = {}): Run {
  return { id, kind: 'job', status: 'Running', handler: 'calculator', items: 4, done: 0, failed: 0, inFlight: 2, lines: 40, rejected: 0, where: 'cluster', created: NOW, ...more };
}

function ids(runs: Runs): string[] {
  return runs.order.value.map(row => row.value.id);
}

test('runs are newest first, and a change touches its row alone', () => {
  const runs = new Runs();
  runs.take({ whole: true, rows: [run('old', { created: NOW - 9 }), run('new')], gone: [] }, NOW);
  const before = runs.order.value;
  runs.take({ whole: false, rows: [{ id: 'old', done: 3 }], gone: [] }, NOW);

  assert.deepEqual(ids(runs), ['new', 'old']);
  assert.equal(runs.order.value, before);
  assert.equal(runs.order.value[1]!.value.done, 3);
});

test('runs that come while others are read are newer, even within the same second; older ones are not', () => {
  const runs = new Runs();
  runs.take({ whole: true, rows: [run('a'), run('b', { created: NOW - 9 })], gone: [] }, NOW);
  const held = hold(runs.order.value);
  runs.take({ whole: false, rows: [run('same-second'), run('later', { created: NOW + 1 })], gone: [] }, NOW);
  runs.add([run('history', { created: NOW - 99 })]);

  assert.deepEqual(runs.order.value.filter(row => isHeld(held, row.value)).map(row => row.value.id), ['a', 'b', 'history']);
  assert.equal(runs.order.value.filter(row => isHeld(null, row.value)).length, 5);
});

test('a field that is told as null is not there any more', () => {
  const runs = new Runs();
  runs.take({ whole: true, rows: [run('a', { due: NOW + 5 })], gone: [] }, NOW);
  runs.take({ whole: false, rows: [{ id: 'a', due: null } as never], gone: [] }, NOW);

  assert.equal('due' in runs.order.value[0]!.value, false);
});

test('a run that was deleted goes; one that ended long ago is only not told any more', () => {
  const runs = new Runs();
  runs.take({ whole: true, rows: [run('deleted'), run('aged', { ended: NOW - 3_590, created: NOW - 4_000 })], gone: [] }, NOW);
  runs.take({ whole: false, rows: [], gone: ['deleted', 'aged'] }, NOW);

  assert.deepEqual(ids(runs), ['aged']);
});

test('what comes again as a whole replaces all', () => {
  const runs = new Runs();
  runs.take({ whole: true, rows: [run('a'), run('b')], gone: [] }, NOW);
  runs.take({ whole: true, rows: [run('b'), run('c', { created: NOW + 1 })], gone: [] }, NOW);

  assert.deepEqual(ids(runs), ['c', 'b']);
});

test('older runs are added once, and what is live is newer', () => {
  const runs = new Runs();
  runs.take({ whole: true, rows: [run('a', { done: 4 })], gone: [] }, NOW);
  runs.add([run('a', { done: 1 }), run('z', { created: NOW - 99_999 })]);

  assert.deepEqual(ids(runs), ['a', 'z']);
  assert.equal(runs.order.value[0]!.value.done, 4);
});

test('a filter looks at status, kind, name and id', () => {
  const named = run('2026-11-17', { name: 'Risk Grid', status: 'Failed' });
  assert.equal(accepts({ status: 'Failed', kind: 'job', text: 'risk' }, named), true);
  assert.equal(accepts({ status: '', kind: '', text: '11-17' }, named), true);
  assert.equal(accepts({ status: 'Running', kind: '', text: '' }, named), false);
  assert.equal(accepts({ status: '', kind: 'orchestration', text: '' }, named), false);
});

test('a place is its address, whatever is in an id', () => {
  const place = parse('#/runs/a%2Fb%25?item=4711');
  assert.deepEqual([place.name, place.id, place.query.get('item')], ['run', 'a/b%', '4711']);
  assert.equal(changed(place, { item: '' }), '#/runs/a%2Fb%25');
  assert.equal(changed(parse('#/runs?status=Failed&page=3'), { q: 'x y', page: '' }), '#/runs?status=Failed&q=x+y');
  assert.equal(parse('').name, 'runs');
  assert.equal(parse('#/nonsense/1').name, 'runs');
  assert.equal(parse('#/runs/%zz').id, '%zz');
});

test('what a series is not told has not changed, and it is an hour long', () => {
  const series = new Series();
  series.replace({ step: 5, from: NOW, waiting: [1, 2], inFlight: [1, 1], workers: [null, null], pods: [null, null], nodes: [null, null] });
  series.take({ at: NOW + 20, values: [9, 0, 3, null, null] });
  series.take({ at: NOW + 20, values: [8, 0, 3, null, null] });

  const [times, remaining, workers] = series.chart();
  assert.equal(times.length, 720);
  assert.deepEqual(times.slice(-5), [NOW, NOW + 5, NOW + 10, NOW + 15, NOW + 20]);
  assert.deepEqual(remaining.slice(-6), [null, 2, 3, 3, 3, 8]);
  assert.equal(workers.at(-1), 3);

  series.extend(NOW + 4_000);
  assert.equal(series.chart()[0].length, 720);
  assert.equal(series.chart()[1][0], 8);
});

test('items change in the order in which they are told, though a snapshot has to be unpacked', async () => {
  const looked = new LookedAt('a');
  const packed = Buffer.from(await new Response(new Blob([new Uint8Array([0x10])]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer());
  looked.take({ to: 7, size: 2, packed: packed.toString('base64') });
  looked.take({ from: 7, to: 8, d: Buffer.from([2]).toString('base64') });
  await (looked as unknown as { pending: Promise<void> }).pending;

  assert.deepEqual([...looked.items.value!.states], [2, 1]);
});
