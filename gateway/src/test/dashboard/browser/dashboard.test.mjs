import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import { after, afterEach, before, test } from 'node:test';
import AxeBuilder from '@axe-core/playwright';
import openapiTS, { astToString } from 'openapi-typescript';
import { newKey, Stage, until } from './stage.mjs';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const limit = { timeout: 240_000 };
let stage;

before(async () => { stage = await Stage.start(); }, { timeout: 300_000 });
afterEach(() => stage?.closePages());
after(() => stage?.stop());

function lines(count, text = (n) => `{"id":"${n}","value1":${n},"value2":2,"op":"+"}`) {
  return Array.from({ length: count }, (_, at) => `${text(at + 1)}\n`).join('');
}

async function axe(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  return violations.map((v) => `${v.id}: ${v.nodes.map((node) => node.target).join(' | ')}`);
}

async function drop(page, name, content) {
  const data = await page.evaluateHandle(([fileName, text]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], fileName, { type: 'text/plain' }));
    return transfer;
  }, [name, content]);
  await page.dispatchEvent('body', 'drop', { dataTransfer: data });
}

test('an empty dashboard says how to begin', limit, async () => {
  const page = await stage.open();
  await page.getByRole('heading', { name: 'Nothing has run yet' }).waitFor();
  assert.match(await page.locator('.command code').first().innerText(), /curl --data-binary @- http:/);
  assert.deepEqual(await axe(page), []);
  await stage.picture(page, 'empty-1440-light');
  assert.deepEqual(await stage.clean(page), []);
});

test('a file that is dropped becomes a job, which is followed to its results', limit, async () => {
  const page = await stage.open();
  await page.getByText('Live', { exact: true }).waitFor();
  await drop(page, 'lines.json', lines(50));
  await page.getByLabel('Lines in a part').fill('5');
  await page.getByLabel('Name').fill('dropped');
  await page.getByRole('button', { name: /^Submit lines\.json/ }).click();
  await page.getByRole('heading', { name: 'dropped' }).waitFor();
  await page.locator('.status', { hasText: 'Complete' }).waitFor();
  assert.match(await page.locator('.states').innerText(), /done\s*10/);

  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download', exact: true }).click()]);
  const results = fs.readFileSync(await download.path(), 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  assert.deepEqual(results.map((line) => [line.id, line.result]), Array.from({ length: 50 }, (_, at) => [String(at + 1), at + 3]));
  assert.deepEqual(await stage.clean(page), []);
});

test('a part that fails says why, and is rerun', limit, async () => {
  stage.broken(true);
  const id = await stage.submit('good\nbad\ngood\n', { handler: 'exec', itemsPerJob: '1', name: 'mended' });
  const page = await stage.open(`#/runs/${id}`);
  await page.locator('.status', { hasText: 'Complete with errors' }).waitFor();
  const failed = page.getByRole('region', { name: 'Failed items' });
  assert.match(await failed.innerText(), /line bad cannot be computed/);
  await failed.getByRole('link', { name: '2' }).click();
  const item = page.getByRole('region', { name: 'Item 2', exact: true });
  await item.getByText('Reason', { exact: true }).waitFor();
  assert.match(await item.innerText(), /line bad cannot be computed/);
  assert.deepEqual(await axe(page), []);
  await stage.picture(page, 'failed-1440-light');

  stage.broken(false);
  await page.getByRole('button', { name: 'Rerun 1 failed item' }).click();
  await page.locator('.status').filter({ hasText: /^Complete$/ }).waitFor();
  assert.equal(await (await fetch(`${stage.gateway}/jobs/${id}/results`)).text(), 'good\nbad\ngood\n');
  assert.deepEqual(await stage.clean(page), []);
});

test('rejected lines are shown with their numbers', limit, async () => {
  const id = await stage.submit(`${lines(3)}{"id":"4","value1":1,"value2":0,"op":"/"}\n`, { itemsPerJob: '2', name: 'rejecting' });
  await stage.ended(id);
  const page = await stage.open(`#/runs/${id}`);
  const row = page.getByRole('row', { name: /division by zero/ });
  await row.waitFor();
  assert.match(await row.innerText(), /^4\s/);
  assert.match(await page.locator('.states').innerText(), /done with rejected lines\s*1/);
  const item = await stage.open(`#/runs/${id}?item=2`);
  const ofItem = item.getByRole('region', { name: 'Rejected lines of item 2', exact: true });
  assert.match(await ofItem.getByRole('row', { name: /division by zero/ }).innerText(), /^4\s/);
});

test('suspend, resume and cancel are seen at once; what is not possible says why', limit, async () => {
  const id = await stage.submit(lines(60, (n) => `slow ${n}`), { handler: 'exec', itemsPerJob: '2', name: 'steered' });
  const page = await stage.open(`#/runs/${id}`, { colorScheme: 'dark' });
  await page.locator('.status', { hasText: 'Running' }).waitFor();
  const rerun = page.getByRole('button', { name: 'Rerun failed' });
  assert.equal(await rerun.getAttribute('aria-disabled'), 'true');
  await rerun.press('Enter');
  await page.getByRole('status').filter({ hasText: 'Failed items can be rerun when the run has ended.' }).waitFor();

  await page.getByRole('button', { name: 'Suspend' }).click();
  await page.locator('.status', { hasText: 'Suspended' }).waitFor();
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.locator('.status', { hasText: 'Running' }).waitFor();
  await until(async () => (await stage.job(id)).succeeded > 2);
  assert.deepEqual(await axe(page), []);
  await stage.picture(page, 'run-1440-dark');

  await page.getByRole('button', { name: 'Cancel' }).click();
  const dialog = page.getByRole('dialog');
  assert.match(await dialog.innerText(), new RegExp(`curl -sS -X POST 'http://.*/jobs/${id}/cancel'`));
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Cancel');
  assert.equal((await stage.job(id)).status, 'Running');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Cancel the run' }).click();
  await page.locator('.status', { hasText: 'Canceled' }).waitFor();
  assert.equal((await stage.job(id)).status, 'Canceled');
  assert.deepEqual(await stage.clean(page), []);
});

test('who has to bring a key is asked for it once, and may do what it allows', limit, async () => {
  const reader = newKey('reader', 'read');
  const owner = newKey('owner', 'read+submit');
  const base = await stage.guardedGateway(`${reader.entry},${owner.entry}`);
  const answer = await fetch(`${base}/jobs?name=guarded`, { method: 'POST', body: lines(3), headers: { 'X-Freshet-Key': owner.key } });
  const id = await answer.text();
  await stage.ended(id);
  const use = async (page, key) => {
    await page.getByLabel('Key or token').fill(key);
    await page.getByRole('button', { name: 'Use it in this tab' }).click();
  };

  const page = await stage.open('', { base });
  await page.getByText('No access').waitFor();
  assert.deepEqual(await axe(page), []);
  await use(page, 'nobody-has-this-key');
  await page.getByText('It is not known, or not valid any more.').waitFor();
  await use(page, reader.key);
  await page.getByText('Live', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'guarded' }).click();
  await page.getByRole('heading', { name: 'guarded' }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Delete' }).getAttribute('aria-disabled'), 'true');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download', exact: true }).click()]);
  assert.equal(fs.readFileSync(await download.path(), 'utf8').trim().split('\n').length, 3);
  await page.getByRole('link', { name: 'Submit', exact: true }).click();
  await page.getByText('Your key may look, and not submit.').waitFor();
  assert.deepEqual(await axe(page), []);
  await page.reload();
  await page.getByText('Live', { exact: true }).waitFor();
  assert.deepEqual(await stage.clean(page), []);

  const other = await stage.open(`#/runs/${id}`, { base });
  await use(other, owner.key);
  await other.getByRole('heading', { name: 'guarded' }).waitFor();
  assert.equal(await other.getByRole('button', { name: 'Delete' }).getAttribute('aria-disabled'), 'false');
  assert.deepEqual(await stage.clean(other), []);
});

test('the map is moved through with the keyboard', limit, async () => {
  stage.broken(true);
  const id = await stage.submit(lines(40, (n) => (n === 25 ? 'bad' : 'good')), { handler: 'exec', itemsPerJob: '1', name: 'keys' });
  await stage.ended(id);
  stage.broken(false);
  const page = await stage.open(`#/runs/${id}`);
  await page.locator('.states').waitFor();
  await page.locator('[role=gridcell][tabindex="0"]').focus();
  const label = () => page.evaluate(() => document.activeElement.getAttribute('aria-label'));
  await page.keyboard.press('ArrowRight');
  assert.equal(await label(), 'Item 2: done');
  await page.keyboard.press('f');
  assert.equal(await label(), 'Item 25: failed');
  await page.keyboard.press('Control+End');
  assert.equal(await label(), 'Item 40: done');
  await page.keyboard.press('F');
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'Item 25', exact: true }).waitFor();
  assert.match(page.url(), /item=25$/);
});

test('the keyboard leads to the content, the filters and a run', limit, async () => {
  const page = await stage.open();
  await page.getByRole('row', { name: /keys/ }).waitFor();
  const focused = () => page.evaluate(() => document.activeElement.textContent);
  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'Skip to the content');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
  const seen = [];
  while (!seen.includes('keys') && seen.length < 40) {
    await page.keyboard.press('Tab');
    seen.push(await focused());
  }
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'keys' }).waitFor();
});

test('two tabs see the same', limit, async () => {
  const [first, second] = [await stage.open(), await stage.open('', { width: 390 })];
  await Promise.all([first, second].map((page) => page.getByText('Live', { exact: true }).waitFor()));
  await stage.submit(lines(4), { name: 'seen-by-both' });
  for (const page of [first, second]) {
    await page.locator('.runs tr', { hasText: 'seen-by-both' }).locator('.status', { hasText: 'Complete' }).waitFor();
    assert.equal(await page.locator('.runs tr', { hasText: 'seen-by-both' }).count(), 1);
  }
});

test('an orchestration is started, and its page shows its result', limit, async () => {
  const page = await stage.open('#/submit');
  await page.getByLabel('Count of inputs').fill('20');
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByRole('heading', { name: 'ComputeOrchestrator' }).waitFor();
  await page.locator('.status', { hasText: 'Complete' }).waitFor();
  await page.getByText('"value":40').waitFor();
  await page.getByRole('link', { name: 'Overview' }).click();
  await page.getByRole('row', { name: /ComputeOrchestrator.*Complete/ }).waitFor();
  assert.deepEqual(await stage.clean(page), []);
});

test('filters are in the address, which shows the same to others', limit, async () => {
  const page = await stage.open();
  await page.getByRole('row', { name: /mended/ }).waitFor();
  await page.getByRole('combobox', { name: 'Status' }).selectOption('Canceled');
  await page.getByRole('searchbox').fill('steer');
  await until(async () => (await page.locator('.runs tbody tr').count()) === 1);
  const other = await stage.open(new URL(page.url()).hash);
  await other.getByRole('row', { name: /steered/ }).waitFor();
  assert.equal(await other.locator('.runs tbody tr').count(), 1);
  await page.goBack();
  await page.getByRole('row', { name: /mended/ }).waitFor();
});

test('a gateway that is killed is missed, and found again', limit, async () => {
  const page = await stage.open();
  await page.getByText('Live', { exact: true }).waitFor();
  const rows = await page.locator('.runs tbody tr').count();
  await stage.killGateway();
  await page.getByText('Connection lost, trying again').waitFor();
  assert.equal(await page.locator('.runs tbody tr').count(), rows);
  await stage.picture(page, 'lost-1440-light');
  await stage.startGateway();
  await page.getByText('Live', { exact: true }).waitFor();
  const id = await stage.submit(lines(4), { name: 'after-all' });
  await page.getByRole('row', { name: /after-all/ }).waitFor();
  await stage.ended(id);
  await page.getByRole('row', { name: /after-all.*Complete/ }).waitFor();
  assert.equal(await page.locator('.runs tbody tr', { hasText: 'after-all' }).count(), 1);
  assert.deepEqual(await stage.clean(page), []);
});

test('it works below any path', limit, async () => {
  const { port } = new URL(stage.gateway);
  const proxy = http.createServer((request, response) => {
    if (!request.url.startsWith('/x/')) return response.writeHead(404).end();
    const onward = http.request({ host: '127.0.0.1', port, path: request.url.slice(2), method: request.method, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    return request.pipe(onward);
  });
  await new Promise((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const page = await stage.open('', { base: `http://127.0.0.1:${proxy.address().port}/x` });
  await page.getByText('Live', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'dropped' }).click();
  await page.locator('.states').waitFor();
  assert.deepEqual(await stage.clean(page), []);
  proxy.close();
  proxy.closeAllConnections();
});

test('seven tabs: those that are hidden hold no connection', limit, async () => {
  const pages = [];
  const first = await stage.open();
  const context = first.context();
  for (let tab = 0; tab < 7; tab++) {
    const page = tab === 0 ? first : await context.newPage();
    if (tab > 0) await page.goto(`${stage.gateway}/`);
    await page.getByText('Live', { exact: true }).waitFor();
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { value: true, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    pages.push(page);
  }
  await pages[0].evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: false, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await pages[0].getByText('Live', { exact: true }).waitFor();
});

test('a run of many items is followed while it goes on', limit, async () => {
  stage.broken(true);
  const text = (n) => (n % 83 === 0 ? 'bad' : 'slow');
  const id = await stage.submit(lines(700, text), { handler: 'exec', itemsPerJob: '1', name: 'risk-grid' });
  const page = await stage.open(`#/runs/${id}`, { colorScheme: 'dark' });
  await until(async () => Number((await page.locator('.states li').nth(2).innerText()).match(/\d+$/)[0]) > 120, 180_000);
  const shown = Number((await page.locator('.states li').nth(2).innerText()).match(/\d+$/)[0]);
  const { succeeded } = await stage.job(id);
  assert.ok(Math.abs(succeeded - shown) < 60, `${shown} are shown, ${succeeded} are done`);
  await page.screenshot({ path: `${stage.docs}/run.png` });
  await page.goto(`${stage.gateway}/#/runs`);
  await page.getByRole('row', { name: /risk-grid.*Running/ }).waitFor();
  await page.emulateMedia({ colorScheme: 'light' });
  await page.screenshot({ path: `${stage.docs}/overview.png` });
  await fetch(`${stage.gateway}/jobs/${id}/cancel`, { method: 'POST' });
  await page.getByRole('row', { name: /risk-grid.*Canceled/ }).waitFor();
  stage.broken(false);
  assert.deepEqual(await stage.clean(page), []);
});

for (const width of [1440, 390]) {
  for (const colorScheme of ['light', 'dark']) {
    test(`every screen is accessible at ${width} px, ${colorScheme}`, limit, async () => {
      const [job] = (await (await fetch(`${stage.gateway}/dashboard/runs`)).json()).rows.filter((row) => row.name === 'keys');
      for (const [name, hash] of Object.entries({ overview: '#/runs', run: `#/runs/${job.id}?item=25`, submit: '#/submit', cluster: '#/cluster', missing: '#/runs/2026-11-1' })) {
        const page = await stage.open(hash, { width, colorScheme });
        await page.locator('h1, h2').first().waitFor();
        if (name === 'overview') await page.locator('.runs tbody tr').first().waitFor();
        if (name === 'run') await page.getByRole('region', { name: 'Item 25', exact: true }).getByText('Reason', { exact: true }).waitFor();
        if (name === 'missing') await page.getByText('There is no such run').waitFor();
        assert.deepEqual(await axe(page), [], `${name} at ${width} px, ${colorScheme}`);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(overflow <= 0, `${name} is ${overflow} px too wide at ${width}`);
        await stage.picture(page, `${name}-${width}-${colorScheme}`);
        assert.deepEqual(await stage.clean(page), []);
            }
    });
  }
}

test('storage is asked as often by fifty viewers as by one, and not at all by none', limit, async () => {
  const calls = async () => {
    const text = await (await fetch(`${stage.gateway}/q/metrics`)).text();
    const counts = [...text.matchAll(/^freshet_azure_calls_seconds_count\{[^}]*} (\S+)/gm)].map((match) => Number(match[1]));
    assert.ok(counts.length > 0, 'there are calls to be counted');
    return counts.reduce((a, b) => a + b, 0);
  };
  const during = async (viewers, seconds) => {
    const end = new AbortController();
    const streams = await Promise.all(Array.from({ length: viewers }, () => fetch(`${stage.gateway}/dashboard/events`, { signal: end.signal })));
    streams.forEach((stream) => stream.body.pipeTo(new WritableStream()).catch(() => {}));
    const [before, began] = [await calls(), performance.now()];
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    const made = (await calls()) - before;
    // two reads a second, and those at either end
    const most = (2 * (performance.now() - began)) / 1000 + 1;
    end.abort();
    return { made, most };
  };
  await during(1, 1);
  const [none, one, fifty] = [await during(0, 10), await during(1, 10), await during(50, 10)];
  console.log(`calls to storage in ten seconds: ${none.made} without viewers, ${one.made} with one, ${fifty.made} with fifty`);
  assert.equal(none.made, 0);
  assert.ok(one.made > 0 && one.made <= one.most, `${one.made} with one`);
  assert.ok(fifty.made <= fifty.most, `${fifty.made} with fifty`);
});

test('no line that is read moves when runs come; they wait until they are asked for', limit, async () => {
  const submit = (name) => stage.submit('line\n', { handler: 'identity', name });
  const ids = await Promise.all(Array.from({ length: 52 }, (_, at) => submit(`before-${at}`)));
  await Promise.all(ids.map((id) => stage.ended(id)));
  const page = await stage.open();
  const rows = page.locator('.runs tbody tr');
  await until(async () => (await rows.count()) === 50);
  await page.mouse.wheel(0, 700);
  await until(() => page.evaluate(() => scrollY > 300));
  const place = () => page.evaluate(() => ({ scrollY, rows: [...document.querySelectorAll('.runs tbody tr')].map((row) => [row.innerText.split('\n')[0], row.getBoundingClientRect().top]) }));
  const before = await place();
  await submit('arrived');
  await page.getByRole('button', { name: '1 newer run: show' }).waitFor();
  assert.deepEqual(await place(), before);
  assert.deepEqual(await axe(page), []);

  await page.getByRole('button', { name: '1 newer run: show' }).click();
  await until(async () => (await rows.first().innerText()).startsWith('arrived'));
  await rows.first().getByRole('link').focus();
  await submit('while-focused');
  await page.getByRole('button', { name: '1 newer run: show' }).waitFor();
  assert.match(await page.evaluate(() => document.activeElement.innerText), /^arrived/);
  assert.deepEqual(await stage.clean(page), []);
});

test('the types of the API are those of the OpenAPI document', limit, async () => {
  const file = new URL('../../../main/dashboard/transport/schema.ts', import.meta.url);
  const document = await (await fetch(`${stage.gateway}/q/openapi?format=json`)).json();
  const types = `// Made of the OpenAPI document by \`make browser UPDATE=1\`.\n${astToString(await openapiTS(document))}`;
  if (process.env.UPDATE) fs.writeFileSync(file, types);
  assert.equal(fs.readFileSync(file, 'utf8'), types);
});
