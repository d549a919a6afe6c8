/** Every public method of the client of Durable Functions for Node, against the gateway that FRESHET_GATEWAY names. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import df from 'durable-functions';
// only the host of Functions makes one by itself
import { DurableClient } from 'durable-functions/lib/src/durableClient/DurableClient.js';

const BASE = `${process.env.FRESHET_GATEWAY}/runtime/webhooks/durabletask`;
const ACCESS = 'taskHub=FreshetHub&connection=Storage';
const INSTANCE = `${BASE}/instances/INSTANCEID`;
const NAME = 'ComputeOrchestrator';
const MANY = 105;
const started = new Date();
const called = new Set();

/** What a host gives to an app. */
const BINDING = {
  taskHubName: 'FreshetHub',
  creationUrls: {
    createNewInstancePostUri: `${BASE}/orchestrators/{functionName}[/{instanceId}]?${ACCESS}`,
    createAndWaitOnNewInstancePostUri: `${BASE}/orchestrators/{functionName}[/{instanceId}]?timeout={timeoutInSeconds}&pollingInterval={intervalInSeconds}&${ACCESS}`,
  },
  managementUrls: {
    id: 'INSTANCEID',
    statusQueryGetUri: `${INSTANCE}?${ACCESS}`,
    sendEventPostUri: `${INSTANCE}/raiseEvent/{eventName}?${ACCESS}`,
    terminatePostUri: `${INSTANCE}/terminate?reason={text}&${ACCESS}`,
    rewindPostUri: `${INSTANCE}/rewind?reason={text}&${ACCESS}`,
    purgeHistoryDeleteUri: `${INSTANCE}?${ACCESS}`,
    restartPostUri: `${INSTANCE}/restart?${ACCESS}`,
    suspendPostUri: `${INSTANCE}/suspend?reason={text}&${ACCESS}`,
    resumePostUri: `${INSTANCE}/resume?reason={text}&${ACCESS}`,
  },
  baseUrl: BASE,
  requiredQueryStringParameters: ACCESS,
};

after(() => {
  const types = fs.readFileSync(createRequire(import.meta.url).resolve('durable-functions').replace(/lib.*/, 'types/durableClient.d.ts'), 'utf8');
  const body = /declare class DurableClient \{([^]*?)\n\}/.exec(types)[1];
  const methods = [...body.matchAll(/^ {4}(\w+)(?:<\w+>)?\(/gm)].map(([, name]) => name);

  assert.ok(methods.length >= 16, methods.join());
  assert.deepEqual(methods.filter((name) => !called.has(name)), [], 'methods that no test calls');
});

const WAYS = [
  ['with the URLs of a binding', BINDING, 'urls'],
  ['with rpcBaseUrl', { ...BINDING, rpcBaseUrl: `${BASE}/` }, 'rpc'],
];

for (const [how, data, prefix] of WAYS) {
  describe(`DurableClient ${how}`, { timeout: 300_000 }, () => {
    const { client, finished, becomes, id } = scene(data, prefix);

    test('starts, waits for the output, and gives the links', async () => {
      const instance = await client.startNew(NAME, { input: { inputs: [[1, 2], [3]] } });

      const response = await client.waitForCompletionOrCreateCheckStatusResponse(undefined, instance, { timeoutInMilliseconds: 200_000, retryIntervalInMilliseconds: 200 });

      assert.equal(response.status, 200);
      assert.equal((await response.json()).value, 6);
      const links = client.createHttpManagementPayload(instance);
      assert.equal((await fetch(links.statusQueryGetUri)).status, 200);
      const check = client.createCheckStatusResponse(undefined, instance);
      assert.deepEqual([check.status, check.headers.get('Location'), check.headers.get('Retry-After')], [202, links.statusQueryGetUri, '10']);
      assert.deepEqual(await check.json(), links);
    });

    test('shows what was started, under a chosen id and with a version', async () => {
      const instance = await client.startNew(NAME, { instanceId: id('shown'), input: '3', version: '2.1' });

      const status = await finished(instance);

      assert.equal(instance, id('shown'));
      assert.deepEqual([status.name, status.instanceId, status.input], [NAME, instance, '3']);
      assert.deepEqual([status.output.total, status.output.value, status.customStatus.completed], [3, 6, 3]);
      assert.ok(status.createdTime <= status.lastUpdatedTime);
      const options = { showHistory: true, showHistoryOutput: true, showInput: true };
      assert.equal((await client.getStatus(instance, options)).input, '3');
    });

    test('starts nothing that is not known, that has no input, or whose id is taken', async () => {
      await client.startNew(NAME, { instanceId: id('taken'), input: 100_000 });

      await assert.rejects(client.startNew('Nobody'), /400.*The function 'Nobody' doesn't exist.*ComputeOrchestrator/);
      await assert.rejects(client.startNew(NAME), /400.*The input is not understood/);
      await assert.rejects(client.startNew(NAME, { instanceId: id('taken'), input: 1 }), /409.*already exists/);
      await client.terminate(id('taken'), 'enough');
    });

    test('suspends, resumes, raises events and terminates', async () => {
      const instance = await client.startNew(NAME, { input: 100_000 });
      await becomes(instance, df.OrchestrationRuntimeStatus.Running);

      await client.suspend(instance, 'wait a bit');
      assert.deepEqual(await outcome(instance), ['Suspended', 'wait a bit']);
      await client.raiseEvent(instance, 'ComputeComplete', { path: 'ä' }, { taskHubName: 'FreshetHub', connectionName: 'Storage' });
      await client.resume(instance, 'go on');
      assert.deepEqual(await outcome(instance), ['Running', 'go on']);
      await client.terminate(instance, 'genug für heute');
      assert.deepEqual(await outcome(instance), ['Terminated', 'genug für heute']);
      // what has ended is no error to this client
      await client.raiseEvent(instance, 'ComputeComplete', 1);
      await client.suspend(instance, 'late');
      await client.resume(instance, 'late');
      await client.terminate(instance, 'late');
    });

    test('rewinds what has failed, and only that', async () => {
      const failed = await client.startNew(NAME, { input: { inputs: [[1], 'x'] } });
      const fine = await client.startNew(NAME, { instanceId: id('fine'), input: 0 });
      assert.match((await finished(failed)).output, /1 of 2 items failed/);
      await finished(fine);

      await client.rewind(failed, 'again please');

      await assert.rejects(client.rewind(fine, 'again'), /only orchestrations in the "Failed" state can be rewound/);
      await assert.rejects(client.rewind('nobody', 'again'), /No orchestration with instance ID/);
      assert.match((await finished(failed)).output, /1 of 2 items failed/);
    });

    test('knows nothing of an instance that there is not', async () => {
      await assert.rejects(client.getStatus('nobody'), /404/);
      for (const operation of ['suspend', 'resume', 'terminate']) {
        await assert.rejects(client[operation]('nobody', 'why'), /No instance with ID 'nobody' found/);
      }
      await assert.rejects(client.raiseEvent('nobody', 'Go', 1), /No instance with ID 'nobody' found/);
      assert.equal((await client.purgeInstanceHistory('nobody')).instancesDeleted, 0);
    });

    test('lists those that are meant', async () => {
      const completed = await client.getStatusBy({ createdTimeFrom: started, createdTimeTo: new Date(), runtimeStatus: ['Completed'] });

      assert.ok(completed.some(({ instanceId }) => instanceId === id('shown')));
      assert.deepEqual([...new Set(completed.map(({ runtimeStatus }) => runtimeStatus))], ['Completed']);
      assert.deepEqual(await client.getStatusBy({ createdTimeTo: new Date(0) }), []);
    });

    test('purges', async () => {
      const one = await client.startNew(NAME, { instanceId: id('one'), input: 0 });
      await finished(one);
      assert.equal((await client.purgeInstanceHistory(one)).instancesDeleted, 1);
      await assert.rejects(client.getStatus(one), /404/);

      const ended = await client.startNew(NAME, { input: 100_000 });
      await assert.rejects(client.purgeInstanceHistory(ended), /412.*Only orchestrations in a terminal state/);
      await client.terminate(ended, 'to be purged');
      const filter = { createdTimeFrom: started, createdTimeTo: new Date(Date.now() + 60_000), runtimeStatus: ['Terminated'] };
      assert.ok((await client.purgeInstanceHistoryBy(filter)).instancesDeleted >= 1);
      assert.equal((await client.purgeInstanceHistoryBy({ createdTimeFrom: new Date(Date.now() + 60_000) })).instancesDeleted, 0);
    });

    test('finds no entities', async () => {
      const counter = new df.EntityId('Counter', 'a');

      assert.equal((await client.readEntityState(counter)).entityExists, false);
      await assert.rejects(client.signalEntity(counter, 'add', 1), /404/);
    });

    async function outcome(instance) {
      const { runtimeStatus, output } = await client.getStatus(instance);
      return [runtimeStatus, output];
    }
  });
}

// last, because nothing waits behind so many
describe('DurableClient', { timeout: 300_000 }, () => {
  before(async () => {
    const { client } = scene(BINDING, 'many');
    const ids = Array.from({ length: MANY }, (_, i) => `many-${i}`);
    for (let i = 0; i < MANY; i += 15) {
      await Promise.all(ids.slice(i, i + 15).map((instanceId) => client.startNew(NAME, { instanceId, input: 0 })));
    }
  });

  for (const [how, data, prefix] of WAYS) {
    test(`${how} lists all instances, through all pages`, async () => {
      const all = await scene(data, prefix).client.getStatusAll();

      assert.equal(all.filter(({ instanceId }) => instanceId.startsWith('many-')).length, MANY);
    });
  }
});

function scene(data, prefix) {
  const client = new Proxy(new DurableClient(data), {
    get(target, name) {
      called.add(name);
      return typeof target[name] === 'function' ? target[name].bind(target) : target[name];
    },
  });
  const until = async (instance, wanted) => {
    for (;;) {
      const status = await client.getStatus(instance);
      if (wanted(status.runtimeStatus)) return status;
      await delay(100);
    }
  };
  return {
    client,
    id: (name) => `${prefix}-${name}`,
    finished: (instance) => until(instance, (status) => !['Pending', 'Running'].includes(status)),
    becomes: (instance, wanted) => until(instance, (status) => status === wanted),
  };
}
