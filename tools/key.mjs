// A new key for the gateway, and the entry that it is known by: `make key NAME=ci RIGHTS=submit+read`.
import { createHash, randomBytes } from 'node:crypto';
import { pathToFileURL } from 'node:url';

const BYTES = 32;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;
const RIGHTS = /^(read|submit|admin)(\+(read|submit|admin))*$/;

/** @returns the key, and its entry in AUTHKEYS or AUTHKEYSFILE */
export function newKey(name, rights, random = randomBytes) {
  if (!NAME.test(name)) throw new Error(`NAME is '${name}' but must be letters, digits, '.', '_' and '-', 63 at most, such as NAME=ci`);
  if (!RIGHTS.test(rights)) throw new Error(`RIGHTS is '${rights}' but must be read, submit and admin with + between them, such as RIGHTS=submit+read`);
  const key = random(BYTES).toString('base64url');
  return { key, entry: `${name}:${rights}:${createHash('sha256').update(key).digest('hex')}` };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const { key, entry } = newKey(process.env.NAME ?? '', process.env.RIGHTS ?? 'submit+read');
    console.log(`Key     ${key}   (give it to who calls; it is kept nowhere)`);
    console.log(`Entry   ${entry}   (add it to AUTHKEYS, or as a line to AUTHKEYSFILE)`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
