import fs from 'node:fs';
import path from 'node:path';
import { Failure } from './failure.mjs';

const AOT_DIRECTORY = 'aot-app';
const CACHE = 'app.aot';
const RECORDING = 'app.aotconf';
const JAR = 'quarkus-run.jar';
const MEMORY = { gateway: ['-Xmx256m'], watcher: ['-Xmx256m'], worker: ['-Xmx1g'] };
// it would grow with the size of an upload, for nothing; executables have their own from their build
const YOUNG = { gateway: ['-Xmn32m'], watcher: [], worker: [] };

/**
 * The ways in which a service is packaged and run, each from `{module, target, java}` to `{command, args, directory}`:
 * its jar; its jar with an AOT cache, the recording of what the cache is to have, and the making of the cache out of it;
 * its native executable.
 */
const PACKAGINGS = {
  jar: ({ module, target, java }) => ({ command: java, args: jvm(module, built(module, target)) }),
  aot: trained,
  recording: (service) => ({
    ...inPlace(service, JAR, ['-XX:AOTMode=record', `-XX:AOTConfiguration=${RECORDING}`]),
    // the recording is written at the end, and a cut one is of no use
    graceMs: 120_000,
  }),
  assembling: (service) =>
    inPlace(service, RECORDING, ['-XX:AOTMode=create', `-XX:AOTConfiguration=${RECORDING}`, `-XX:AOTCache=${CACHE}`]),
  native: ({ module, target }) => ({ command: runner(module, target), args: MEMORY[module] }),
};

export class Packaging {
  #root;
  #java;
  #kind;

  /** @param kind `jar`, `aot`, `recording`, `assembling` or `native` */
  constructor(root, env, kind) {
    this.#root = root;
    this.#java = env.JAVA_HOME ? path.join(env.JAVA_HOME, 'bin', 'java') : 'java';
    this.#kind = kind;
  }

  /** How the module is started; fails with the command that builds it. */
  executable(module) {
    return PACKAGINGS[this.#kind]({ module, target: path.join(this.#root, module, 'target'), java: this.#java });
  }
}

function jvm(module, jar) {
  // a service that has run out of memory once may hang for ever, and one that has ended is started again
  const options = ['-XX:+UseSerialGC', '-XX:+ExitOnOutOfMemoryError', '--enable-native-access=ALL-UNNAMED'];
  return [...MEMORY[module], ...YOUNG[module], ...options, '-jar', jar];
}

/** A cache knows its jar by the path that was given: a relative one, so that the directory can be moved. */
function inPlace({ module, target, java }, needed, options) {
  const directory = path.join(target, AOT_DIRECTORY);
  if (!fs.existsSync(path.join(directory, needed))) throw new Failure(`The ${module} has no ${needed}: run \`make aot\`.`);
  return { command: java, args: [...options, ...jvm(module, JAR)], directory };
}

/**
 * `on` instead of `auto`: a cache that does not fit (another JDK, other flags) ends the start, and not the gain. The JVM does
 * not look at jars all of whose classes come from the cache: it would run what they were when it was made.
 */
function trained(service) {
  const { directory, ...program } = inPlace(service, CACHE, ['-XX:AOTMode=on', `-XX:AOTCache=${CACHE}`]);
  const time = (file) => fs.statSync(path.join(directory, file)).mtimeMs;
  const made = time(CACHE);
  const newer = fs.readdirSync(directory, { recursive: true }).find((file) => file.endsWith('.jar') && time(file) > made);
  if (newer) throw new Failure(`The AOT cache of the ${service.module} is older than ${newer}: run \`make aot\`.`);
  return { ...program, directory };
}

function built(module, target) {
  const jar = path.join(target, 'quarkus-app', JAR);
  if (!fs.existsSync(jar)) throw new Failure(`The ${module} is not built: run \`mvn -DskipTests package\`.`);
  return jar;
}

function runner(module, target) {
  const files = fs.existsSync(target) ? fs.readdirSync(target) : [];
  const file = files.find((name) => name.endsWith('-runner'));
  if (!file) throw new Failure(`The ${module} is not built as a native executable: run \`make native\`.`);
  return path.join(target, file);
}
