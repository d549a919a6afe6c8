import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const AZURE = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../kubernetes/azure');

/** What a parameters file deploys, as the compiler foresees it. */
export class Deployment {
  constructor(snapshot, parameters) {
    this.snapshot = snapshot;
    this.resources = snapshot.predictedResources;
    this.parameters = parameters;
  }

  static of(variant) {
    const file = (suffix) => fs.readFileSync(path.join(AZURE, variant + suffix), 'utf8');
    const parameters = Object.fromEntries([...file('.bicepparam').matchAll(/^param (\w+) = (.*)$/gm)].map(([, name, value]) => [name, literal(value)]));
    return new Deployment(JSON.parse(file('.snapshot.json')), parameters);
  }

  /** A copy with a mistake in it. */
  with(mistake) {
    const copy = new Deployment(structuredClone(this.snapshot), this.parameters);
    mistake(copy);
    return copy;
  }

  all(type) {
    return this.resources.filter((resource) => resource.type === type);
  }

  one(type) {
    const found = this.all(type);
    if (found.length !== 1) throw new Error(`There are ${found.length} of ${type}`);
    return found[0];
  }

  /** Last parts of the names of all resources of a type. */
  names(type) {
    return this.all(type).map((resource) => resource.name.split('/').at(-1)).sort();
  }
}

function literal(text) {
  if (/^'.*'$/.test(text)) return text.slice(1, -1);
  if (text === 'true' || text === 'false') return text === 'true';
  return text;
}

/** Every `name: value` in a resource, however deep, with the path to it. */
export function* properties(value, at = []) {
  if (value === null || typeof value !== 'object') return;
  for (const [name, inner] of Object.entries(value)) {
    yield { path: [...at, name].join('.'), name, value: inner };
    yield* properties(inner, [...at, name]);
  }
}

/** The names that all versions of Azure know these roles by. */
const ROLES = {
  '7f951dda-4ed3-4680-a7ca-43fe172d538d': 'AcrPull',
  'b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b': 'Azure Kubernetes Service RBAC Cluster Admin',
  'ba92f5b4-2d11-453d-a403-e96b0029c9fe': 'Storage Blob Data Contributor',
  '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1': 'Storage Blob Data Reader',
  '5d977122-f97e-4b4d-a52f-6b43003ddb4d': 'Azure Container Instances Contributor Role',
  'd5a91429-5739-47e2-a06b-3470a27159e7': 'EventGrid Data Sender',
  '4d97b98b-1d4f-4787-a291-c67834d212e7': 'Network Contributor',
  '974c5e8b-45b9-4653-ba55-5f855dd0fb88': 'Storage Queue Data Contributor',
  '19e7f393-937e-4f77-808e-94535e297925': 'Storage Queue Data Reader',
  'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a': 'Storage Queue Data Message Sender',
};

const PRINCIPALS = [
  [/\/userAssignedIdentities\/id-freshet-([a-z-]+)'.*\.principalId\]$/, (name) => name.replace('-', ' ')],
  [/\/systemTopics\/[^']+'.*\.identity\.principalId\]$/, () => 'Event Grid'],
  [/\.identityProfile\.kubeletidentity\.objectId\]$/, () => 'nodes'],
  [/\.addonProfiles\.aciConnectorLinux\.identity\.objectId\]$/, () => 'add-on'],
  [/^\[deployer\(\)\.objectId\]$/, () => 'whoever deploys'],
];

const SCOPES = [
  [/\/blobServices\/default\/containers\/([\w-]+)/, (name) => `container ${name}`],
  [/\/queueServices\/default\/queues\/([\w-]+)/, (name) => `queue ${name}`],
  [/\/storageAccounts\/\w+\/providers/, () => 'storage account'],
  [/\/registries\/\w+\/providers/, () => 'registry'],
  [/\/subnets\/([\w-]+)\/providers/, (name) => `subnet ${name}`],
  [/\/EventGrid\/topics|\.EventGrid\/topics\//, () => 'topic'],
  [/\/managedClusters\/[\w-]+'/, () => 'cluster'],
  [/\/resourceGroups\/freshet\/providers\/Microsoft\.Authorization/, () => 'resource group'],
];

function named(patterns, text) {
  for (const [pattern, name] of patterns) {
    const match = pattern.exec(text);
    if (match) return name(match[1]);
  }
  return text;
}

/** Who has which role on what, a line each. */
export function grants(deployment) {
  return deployment
    .all('Microsoft.Authorization/roleAssignments')
    .map(({ id, properties: { principalId, roleDefinitionId } }) => {
      const role = roleDefinitionId.split('/').at(-1);
      return `${named(PRINCIPALS, principalId)} | ${ROLES[role] ?? role} | ${named(SCOPES, id)}`;
    })
    .sort();
}

/** Whether a subscription delivers an event, by the rules of Event Grid's filters. */
export function delivers(filter, event) {
  const { includedEventTypes, subjectBeginsWith = '', subjectEndsWith = '', advancedFilters = [] } = filter;
  return (
    includedEventTypes.includes(event.eventType) &&
    event.subject.startsWith(subjectBeginsWith) &&
    event.subject.endsWith(subjectEndsWith) &&
    advancedFilters.every((advanced) => holds(advanced, event))
  );
}

const OPERATORS = {
  StringBeginsWith: (text, value) => text.startsWith(value),
  StringContains: (text, value) => text.includes(value),
  StringEndsWith: (text, value) => text.endsWith(value),
  StringIn: (text, value) => text === value,
};

function holds({ operatorType, key, values }, event) {
  const operator = OPERATORS[operatorType];
  if (!operator) throw new Error(`The test knows no filter ${operatorType}`);
  const text = key.split('.').reduce((value, name) => value?.[name], event) ?? '';
  // Azure compares without regard to case here, whatever the subscription says of subjects.
  return values.some((value) => operator(text.toLowerCase(), value.toLowerCase()));
}
