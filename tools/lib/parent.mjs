import fs from 'node:fs';

const WATCH_MS = 250;
const SIGINT_BIT = 1n << 1n;

/**
 * Calls back when the make that runs us was interrupted or killed. make passes SIGTERM on, but not a SIGINT that came
 * to it alone: it then waits for us, with the signal blocked. Only Linux shows that; elsewhere nothing is watched.
 */
export function watchMake(interrupted) {
  const make = process.ppid;
  if (!process.env.MAKELEVEL || !/^g?make$/.test(status(make)?.Name ?? '')) return;
  const timer = setInterval(() => {
    const now = status(make);
    const gone = process.ppid !== make;
    if (!gone && !(BigInt(`0x${now?.SigBlk ?? 0}`) & SIGINT_BIT)) return;
    clearInterval(timer);
    interrupted(gone ? 'SIGTERM' : 'SIGINT');
  }, WATCH_MS);
  timer.unref();
}

function status(pid) {
  try {
    const text = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
    return Object.fromEntries(text.split('\n').map((line) => line.split(/:\s*/)));
  } catch {
    return undefined;
  }
}
