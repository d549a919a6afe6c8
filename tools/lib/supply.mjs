import fs from 'node:fs';
import path from 'node:path';

export const SERVICES = ['gateway', 'worker', 'watcher'];

/** Licences that fit Apache-2.0, by their SPDX names; of several, one has to. */
const FITTING = new Set(['Apache-2.0', 'MIT', 'MIT-0', 'BSD-2-Clause', 'BSD-3-Clause', 'BSD-3-Clause-No-Nuclear-Warranty', 'CC0-1.0', 'EPL-1.0', 'EPL-2.0', 'ISC', 'Public Domain', 'GPL-2.0-with-classpath-exception']);

/** Licences as some poms call them. */
const CALLED = [
  [/^Eclipse Distribution License|^EDL|BSD-3-Clause/i, 'BSD-3-Clause'],
  [/Eclipse Public License.*2\.0|^EPL[ -]2\.0/i, 'EPL-2.0'],
  [/Eclipse Public License.*1\.0|^EPL[ -]1\.0/i, 'EPL-1.0'],
  [/Apache.*2/i, 'Apache-2.0'],
  [/^(The )?MIT/i, 'MIT'],
  [/GPL2? w\/ ?CPE|Classpath[ -]exception/i, 'GPL-2.0-with-classpath-exception'],
  [/^Public Domain/i, 'Public Domain'],
];

/** What is in a service, as the build's bill of materials has it: our own modules are left out. */
export function components(root, service) {
  const bill = JSON.parse(fs.readFileSync(path.join(root, service, 'target', `freshet-${service}.cdx.json`), 'utf8'));
  return bill.components
    .filter(({ group }) => group !== 'io.freshet')
    .map(({ group, name, version, licenses = [] }) => ({ group, name, version, licences: licences(licenses) }));
}

function licences(entries) {
  const names = entries.flatMap(({ expression, license }) => (expression ? expression.replaceAll(/[()]/g, '').split(/ (?:OR|AND) /) : [license.id ?? license.name]));
  return [...new Set(names.map((name) => (FITTING.has(name) ? name : (CALLED.find(([pattern]) => pattern.test(name))?.[1] ?? name))))].sort();
}

export function fits({ licences }) {
  return licences.some((licence) => FITTING.has(licence));
}

/** The text of the file NOTICE. */
export function notice(root) {
  const parts = new Map();
  for (const component of SERVICES.flatMap((service) => components(root, service))) {
    // which of these it is depends on the machine that builds
    const name = component.name.replace(/^native-(linux|osx|windows)-\w+$/, 'native-*');
    parts.set(`${component.group}:${name}`, component);
  }
  const lines = [...parts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, { licences }]) => `  ${name} (${licences.join(' or ')})`);
  return `Freshet
Copyright Freshet contributors

Licensed under the Apache License, Version 2.0: see LICENSE.

The images and executables of gateway, worker and watcher contain the following, each under its own licence. Sources
of all of it, those under the Eclipse Public License among them, are at https://central.sonatype.com/ under these names;
versions are in the bill of materials of each service (target/freshet-*.cdx.json).

${lines.join('\n')}
`;
}
