import { spawn } from 'node:child_process';

// The shell reads the list of held process groups, one line each time it changes. Its input ends when we do, also by
// SIGKILL; what is on the list then has been left behind.
const SCRIPT = `
held=
while read -r line; do held=$line; done
[ -z "$held" ] && exit 0
for group in $held; do kill -s TERM -- "-$group" 2>/dev/null; done
sleep 3
for group in $held; do kill -s KILL -- "-$group" 2>/dev/null; done
`;

/** Ends process groups when this process dies without having ended them. */
export class Leash {
  #shell;
  #held = '';

  hold(groups) {
    const list = groups.join(' ');
    if (list === this.#held) return;
    this.#held = list;
    this.#start().write(`${list}\n`);
  }

  release() {
    this.#shell?.stdin.end('\n');
  }

  #start() {
    this.#shell ??= this.#spawn();
    return this.#shell.stdin;
  }

  #spawn() {
    const shell = spawn('/bin/sh', ['-c', SCRIPT], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    shell.on('error', () => {});
    shell.stdin.on('error', () => {});
    shell.unref();
    shell.stdin.unref?.();
    return shell;
  }
}
