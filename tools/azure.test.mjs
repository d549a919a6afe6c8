import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Bicep } from './testing/bicep.mjs';
import { AZURE, Deployment, delivers, grants, properties } from './testing/deployment.mjs';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const VARIANTS = fs.readdirSync(AZURE).filter((file) => file.endsWith('.bicepparam')).map((file) => path.basename(file, '.bicepparam'));
const README = fs.readFileSync(path.join(AZURE, 'README.md'), 'utf8');
const SETTINGS = fs.readFileSync(path.join(ROOT, 'README.md'), 'utf8');

/** What a setting is if nobody sets it. */
function preset(variable) {
  const row = new RegExp(`^\\| \`${variable}\` \\| \`(.*?)\` \\|`, 'm').exec(SETTINGS);
  assert.ok(row, `README has no default of ${variable}`);
  return row[1];
}

const CONTAINERS = ['CONTAINER', 'INPUTSTORAGECONTAINERNAME', 'OUTPUTSTORAGECONTAINERNAME'].map(preset);
const QUEUES = ['WORKQUEUE', 'PRIORITYQUEUE', 'INPUTQUEUE', 'EVENTSQUEUE', 'CONTROLQUEUE'].map(preset);
const [RUNS, INPUTS, OUTPUTS] = CONTAINERS;

function rows(heading) {
  const section = README.split(/^## /m).find((part) => part.startsWith(heading));
  assert.ok(section, `The README has no section "${heading}"`);
  return [...section.matchAll(/^\| *(.*?) *\|$/gm)].map(([, row]) => row.split(/ *\| */)).slice(2);
}

/** The README's table of rights, as far as it holds with these parameters. */
function promised({ parameters }) {
  const inputs = /'([\w-]+)'/.exec(parameters.inputContainers ?? '')?.[1];
  return rows('Who may do what')
    .filter(([, , , when]) => when.split(', ').every((condition) => holds(condition, parameters)))
    .flatMap(([who, role, on]) => {
      const [kind, ...names] = on.split(/`, `| `|`/).filter(Boolean);
      const scopes = names.length ? names.map((name) => `${kind.replace(/s$/, '')} ${name}`) : [on];
      return scopes.map((scope) => `${who} | ${role} | ${scope.replace('<inputContainers>', inputs)}`);
    })
    .sort();
}

function holds(condition, parameters) {
  const [, name, value] = /^`(\w+)`(?: is `(\w+)`)?$/.exec(condition) ?? [];
  return condition === 'always' || (value ? parameters[name] === value : Boolean(parameters[name]));
}

const CHECKS = {
  'rights are those of the README': (deployment) => assert.deepEqual(grants(deployment), promised(deployment)),

  'containers and queues are those of the settings': (deployment) => {
    const more = /'([\w-]+)'/.exec(deployment.parameters.inputContainers ?? '')?.slice(1) ?? [];
    assert.deepEqual(deployment.names('Microsoft.Storage/storageAccounts/blobServices/containers'), [...CONTAINERS, 'dead-letters', ...more].sort());
    assert.deepEqual(deployment.names('Microsoft.Storage/storageAccounts/queueServices/queues'), QUEUES.flatMap((name) => [name, `${name}-poison`]).sort());
  },

  'outputs and results raise events, and nothing else does': (deployment) => {
    const { filter } = deployment.one('Microsoft.EventGrid/systemTopics/eventSubscriptions').properties;
    const told = EVENTS.filter(({ event }) => delivers(filter, event));
    assert.deepEqual(told.map(({ name }) => name), EVENTS.filter(({ ours }) => ours).map(({ name }) => name));
  },

  'events go to the queue of the settings, by identity, and what is left of them to dead-letters': (deployment) => {
    const { deliveryWithResourceIdentity: delivery, deadLetterWithResourceIdentity: rest, ...properties } = deployment.one('Microsoft.EventGrid/systemTopics/eventSubscriptions').properties;
    const account = deployment.one('Microsoft.Storage/storageAccounts').id;
    assert.equal(properties.destination ?? properties.deadLetterDestination, undefined);
    assert.deepEqual([delivery.identity.type, rest.identity.type], ['SystemAssigned', 'SystemAssigned']);
    assert.deepEqual([delivery.destination.properties.resourceId, delivery.destination.properties.queueName], [account, preset('EVENTSQUEUE')]);
    assert.deepEqual(rest.deadLetterDestination.properties, { resourceId: account, blobContainerName: 'dead-letters' });
    assert.equal(properties.eventDeliverySchema, 'EventGridSchema');
  },

  'no key opens anything that the parameters did not say': (deployment) => {
    const switches = {
      'Microsoft.Storage/storageAccounts': ['allowSharedKeyAccess', deployment.parameters.sharedKeyAccess ?? false],
      'Microsoft.ContainerRegistry/registries': ['adminUserEnabled', false],
      'Microsoft.EventGrid/topics': ['disableLocalAuth', true],
      'Microsoft.ContainerService/managedClusters': ['disableLocalAccounts', true],
    };
    for (const [type, [name, value]] of Object.entries(switches)) {
      for (const resource of deployment.all(type)) assert.equal(resource.properties[name], value, `${name} of ${resource.id}`);
    }
    for (const workspace of deployment.all('Microsoft.OperationalInsights/workspaces')) assert.equal(workspace.properties.features.disableLocalAuth, true);
    assert.doesNotMatch(JSON.stringify(deployment.snapshot), /list(Account|Service)?(Keys|Credentials|Sas)|(account|access|primary|shared)Key['"]|password|connectionString/i);
  },

  'only what the parameters ask for is public': (deployment) => {
    const { private: closed, completionTopic, virtualNodesKind = 'off', logs = true } = deployment.parameters;
    const expected = [
      ...(closed ? [] : ['managedClusters', 'registries', 'storageAccounts']),
      ...(completionTopic && !closed ? ['topics'] : []),
      ...(logs ? ['workspaces'] : []),
      // one way: outwards
      ...(closed || virtualNodesKind !== 'off' ? ['publicIPAddresses'] : []),
    ];
    assert.deepEqual(deployment.resources.filter(isPublic).map(({ type }) => type.split('/').at(-1)).sort(), expected.sort());
  },

  'an identity takes the tokens of one service account': (deployment) => {
    const subjects = deployment.all('Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials').map(({ id, properties: { subject, audiences, issuer } }) => {
      assert.deepEqual(audiences, ['api://AzureADTokenExchange']);
      assert.match(issuer, /managedClusters\/aks-freshet'.*oidcIssuerProfile\.issuerURL\]$/);
      return `${/id-freshet-(\w+)/.exec(id)[1]} ${subject}`;
    });
    assert.deepEqual(subjects.sort(), rows('Identities').map(([identity, account]) => {
      const [, namespace, name] = /^`([\w-]+)\/([\w-]+)`/.exec(account);
      return `${/id-freshet-(\w+)/.exec(identity)[1]} system:serviceaccount:${namespace}:${name}`;
    }).sort());
  },

  'the cluster scales from zero': (deployment) => {
    const { properties } = deployment.one('Microsoft.ContainerService/managedClusters');
    const pools = properties.agentPoolProfiles.map(({ name, enableAutoScaling, minCount }) => [name, enableAutoScaling, minCount > 0]);
    assert.deepEqual(pools, [['system', true, true], ['compute', true, false], ...(deployment.parameters.gpuPool ? [['gpu', true, false]] : [])]);
    assert.ok(properties.workloadAutoScalerProfile.keda.enabled && properties.oidcIssuerProfile.enabled && properties.securityProfile.workloadIdentity.enabled);
    assert.equal(properties.addonProfiles.aciConnectorLinux.enabled, deployment.parameters.virtualNodesKind === 'v1');
  },

  'only folders of runs, inputs, outputs and dead letters grow old': (deployment) => {
    const rules = deployment.one('Microsoft.Storage/storageAccounts/managementPolicies').properties.policy.rules;
    const removes = (name) => rules.some((rule) => rule.definition.filters.prefixMatch.some((prefix) => name.startsWith(prefix)));
    const kept = ['active/2026-11-8', 'instances/2026', 'events/x/2026', 'waiting/2026-11', 'idempotency/20af', 'uploading/2026-11-8'];
    assert.deepEqual(kept.filter((name) => removes(`${RUNS}/${name}`)), []);
    assert.ok([`${RUNS}/2026-11/8204/run.json`, `${RUNS}/steps/2026-11/8/run.json`, `${INPUTS}/x/0.json`, `${OUTPUTS}/x/0.json`, 'dead-letters/x'].every(removes));
  },
};

function isPublic({ type, properties: p = {} }) {
  if (type.endsWith('/publicIPAddresses')) return true;
  if (type.endsWith('/managedClusters')) return p.apiServerAccessProfile?.enablePrivateCluster !== true;
  if (p.allowBlobPublicAccess || (p.publicAccess ?? 'None') !== 'None' || p.anonymousPullEnabled) return true;
  const switches = [...properties(p)].filter(({ name }) => name.startsWith('publicNetworkAccess'));
  const known = ['/storageAccounts', '/registries', '/EventGrid/topics', '.EventGrid/topics', '/workspaces'].some((end) => type.endsWith(end));
  const open = switches.length ? switches.some(({ value }) => value !== 'Disabled') : known;
  return open && p.networkAcls?.defaultAction !== 'Deny';
}

function event(container, blob, ours, api = 'PutBlob', eventType = 'Microsoft.Storage.BlobCreated') {
  return { name: `${eventType} ${api} ${container}/${blob}`, ours, event: { eventType, subject: `/blobServices/default/containers/${container}/blobs/${blob}`, data: { api } } };
}

const RUN = '2026-11/8204359030351842944';
const EVENTS = [
  event(RUNS, `${RUN}/output_1.json`, true),
  event(RUNS, `${RUN}/output_17.json`, true, 'PutBlockList'),
  event(RUNS, `${RUN}/results.json`, true, 'PutBlockList'),
  event(RUNS, `${RUN}/results.json`, true, 'CopyBlob'),
  event(RUNS, `steps/${RUN}/results.json`, true),
  event(OUTPUTS, '6ef48940b8ab4dd4a37c4e3d00f20f31/0.json', true),
  ...['run.json', 'input.json', 'access', 'ctrl_input_1_0', 'ctrl_merge', 'errors_1.json', 'merge_1_0'].map((name) => event(RUNS, `${RUN}/${name}`, false)),
  ...['uploading/x', 'active/x', 'instances/x', 'events/x/y/z', 'waiting/x', 'idempotency/x'].map((name) => event(RUNS, name, false)),
  event(INPUTS, 'x/0.json', false),
  event('dead-letters', 'x/output_1.json', false),
  event(`${RUNS}-of-others`, `${RUN}/output_1.json`, false),
  event(RUNS, `${RUN}/output_1.json`, false, 'AppendBlock'),
  event(RUNS, `${RUN}/output_1.json`, false, 'DeleteBlob', 'Microsoft.Storage.BlobDeleted'),
];

describe('What would be deployed', () => {
  for (const variant of VARIANTS) {
    for (const [name, check] of Object.entries(CHECKS)) test(`${variant}: ${name}`, () => check(Deployment.of(variant)));
  }
});

/** Each is found by the check that it belongs to. */
const MISTAKES = [
  ['rights are those of the README', 'a wider role', (d) => { d.all('Microsoft.Authorization/roleAssignments')[5].properties.roleDefinitionId = '/b24988ac-6180-42a0-ab88-20f7382dd24c'; }],
  ['rights are those of the README', 'a role on the whole account', (d) => {
    const assignment = d.all('Microsoft.Authorization/roleAssignments').find(({ id }) => id.includes('/containers/'));
    assignment.id = assignment.id.replace(/\/blobServices.*(?=\/providers)/, '');
  }],
  ['rights are those of the README', 'somebody else', (d) => { d.all('Microsoft.Authorization/roleAssignments').at(-1).properties.principalId = 'somebody'; }],
  ['rights are those of the README', 'a role too few', (d) => d.resources.splice(d.resources.findIndex(({ type }) => type.endsWith('roleAssignments')), 1)],
  ['containers and queues are those of the settings', 'a misspelt queue', (d) => { d.all('Microsoft.Storage/storageAccounts/queueServices/queues')[0].name += 's'; }],
  ['outputs and results raise events, and nothing else does', 'no filter of names', (d) => d.one('Microsoft.EventGrid/systemTopics/eventSubscriptions').properties.filter.advancedFilters.splice(1, 1)],
  ['outputs and results raise events, and nothing else does', 'another container', (d) => { d.one('Microsoft.EventGrid/systemTopics/eventSubscriptions').properties.filter.advancedFilters[0].values[1] = 'out'; }],
  ['events go to the queue of the settings, by identity, and what is left of them to dead-letters', 'another queue', (d) => {
    d.one('Microsoft.EventGrid/systemTopics/eventSubscriptions').properties.deliveryWithResourceIdentity.destination.properties.queueName = 'control';
  }],
  ['no key opens anything that the parameters did not say', 'a key of the account', (d) => { d.one('Microsoft.Storage/storageAccounts').properties.allowSharedKeyAccess = true; }],
  ['no key opens anything that the parameters did not say', 'a key that is read', (d) => { d.snapshot.outputs.key = "[listKeys('/subscriptions/x')]"; }],
  ['only what the parameters ask for is public', 'a public registry', (d) => { d.one('Microsoft.ContainerRegistry/registries').properties.publicNetworkAccess = 'Enabled'; }, 'private'],
  ['only what the parameters ask for is public', 'a registry that does not say', (d) => { delete d.one('Microsoft.ContainerRegistry/registries').properties.publicNetworkAccess; }, 'private'],
  ['only what the parameters ask for is public', 'an open account', (d) => { d.one('Microsoft.Storage/storageAccounts').properties.networkAcls.defaultAction = 'Allow'; }, 'private'],
  ['only what the parameters ask for is public', 'a public container', (d) => { d.all('Microsoft.Storage/storageAccounts/blobServices/containers')[0].properties.publicAccess = 'Blob'; }],
  ['only what the parameters ask for is public', 'an address', (d) => d.resources.push({ type: 'Microsoft.Network/publicIPAddresses' }), 'small'],
  ['an identity takes the tokens of one service account', 'another namespace', (d) => {
    d.all('Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials')[0].properties.subject = 'system:serviceaccount:default:freshet-gateway';
  }],
  ['the cluster scales from zero', 'a node that stays', (d) => { d.one('Microsoft.ContainerService/managedClusters').properties.agentPoolProfiles[1].minCount = 1; }],
  ['only folders of runs, inputs, outputs and dead letters grow old', 'a whole container', (d) => {
    d.one('Microsoft.Storage/storageAccounts/managementPolicies').properties.policy.rules[0].definition.filters.prefixMatch.push(`${RUNS}/`);
  }],
];

describe('A mistake is found', () => {
  for (const [check, name, mistake, variant = 'main'] of MISTAKES) {
    test(`${name}: ${check}`, () => assert.throws(() => CHECKS[check](Deployment.of(variant).with(mistake)), assert.AssertionError));
  }
});

describe('Beside the templates', () => {
  test('only virtual nodes v1 need a key', () => {
    assert.deepEqual(VARIANTS.filter((variant) => Deployment.of(variant).parameters.sharedKeyAccess), ['addon']);
  });

  test('the README has every parameter', () => {
    const parameters = [...fs.readFileSync(path.join(AZURE, 'main.bicep'), 'utf8').matchAll(/^param (\w+)/gm)].map(([, name]) => name);
    assert.deepEqual(rows('Parameters').map(([name]) => name.replaceAll('`', '')).sort(), parameters.sort());
  });

  const accounts = path.join(ROOT, 'kubernetes/base');
  test('service accounts are those of the manifests', { skip: !fs.existsSync(accounts) && 'there are no manifests yet' }, () => {
    const names = fs.readdirSync(accounts).filter((file) => file.startsWith('serviceaccount-')).map((file) => /^ {2}name: (\S+)/m.exec(fs.readFileSync(path.join(accounts, file), 'utf8'))[1]);
    const namespace = /^ {2}name: (\S+)/m.exec(fs.readFileSync(path.join(accounts, 'namespace.yaml'), 'utf8'))[1];
    const subjects = Deployment.of('main').all('Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials').map(({ properties: { subject } }) => subject);
    assert.deepEqual(subjects.filter((subject) => !subject.endsWith(':keda-operator')).sort(), names.map((name) => `system:serviceaccount:${namespace}:${name}`).sort());
  });

  const schema = path.join(ROOT, 'kubernetes/chart/values.schema.json');
  test('the chart knows every value', { skip: !fs.existsSync(schema) && 'there is no chart yet' }, () => {
    const type = fs.readFileSync(path.join(AZURE, 'main.bicep'), 'utf8').split('output values chartValues = ')[1];
    const unknown = paths(type).filter((keys) => !keys.reduce((at, key) => at?.properties?.[key], JSON.parse(fs.readFileSync(schema, 'utf8'))));
    assert.deepEqual(unknown, []);
  });
});

/** All paths to values in an object of Bicep. */
function paths(object) {
  const found = [];
  const at = [];
  for (const [, key, opens, closes] of object.matchAll(/(\w+): ?(\{)?|(\})/g)) {
    if (closes) at.pop();
    else if (opens) at.push(key);
    else if (/^\w+$/.test(key)) found.push([...at, key]);
  }
  return found;
}

describe('The compiler', { skip: Bicep.missing }, () => {
  let bicep;
  before(() => (bicep = new Bicep()));
  after(() => bicep.remove());

  test('has nothing to say', () => assert.equal(bicep.run('lint', 'main.bicep'), ''));

  test('formats the templates as they are', () => {
    assert.equal(bicep.run('format', '--pattern', '**/*.bicep') + bicep.run('format', '--pattern', '**/*.bicepparam'), '');
    assert.deepEqual(bicep.changed(), []);
  });

  for (const variant of VARIANTS) {
    test(`foresees what was reviewed: ${variant}`, () => {
      const subscription = '00000000-0000-0000-0000-000000000000';
      assert.equal(bicep.run('snapshot', `${variant}.bicepparam`, '--mode', 'validate', '--subscription-id', subscription, '--resource-group', 'freshet', '--location', 'westeurope'), '');
    });
  }
});
