/** The one place where numbers and times become text. */
const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const fraction = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
const clockTime = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', hourCycle: 'h23' });
const minuteTime = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const dateTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' });
const DAY = 86_400;

export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

export const number = (value: number): string => whole.format(value);
export const minute = (seconds: number): string => minuteTime.format(seconds * 1000);
export const time = (seconds: number): string => clockTime.format(seconds * 1000);
export const utc = (seconds: number): string => `${new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

/** The time of day, with the date if it was another day. */
export function moment(seconds: number, now: number): string {
  const sameDay = new Date(seconds * 1000).toDateString() === new Date(now * 1000).toDateString();
  return (sameDay ? clockTime : dateTime).format(seconds * 1000);
}

export function rate(perSecond: number, what = ''): string {
  return `${perSecond < 100 ? fraction.format(perSecond) : whole.format(perSecond)}${what}/s`;
}

export function duration(seconds: number): string {
  if (seconds < 1) return seconds < 0.0005 ? '0 s' : `${whole.format(seconds * 1000)} ms`;
  const s = Math.round(seconds);
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  if (s < DAY) return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
  return `${Math.floor(s / DAY)} d ${Math.floor((s % DAY) / 3600)} h`;
}

/** How long ago; seconds are shown in the first minute only. */
export function age(seconds: number): string {
  const s = Math.max(0, Math.floor(seconds));
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min`;
  return s < DAY ? `${Math.floor(s / 3600)} h` : `${Math.floor(s / DAY)} d`;
}

export function bytes(count: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = count < 1024 ? 0 : Math.min(4, Math.floor(Math.log2(count) / 10));
  return `${power === 0 ? count : fraction.format(count / 1024 ** power)} ${units[power]}`;
}

/** Never 100 before all is settled. */
export function percent(part: number, all: number): string {
  const share = all === 0 ? 0 : (part / all) * 100;
  return `${Math.min(share, part < all ? 99 : 100).toFixed(0)} %`;
}

export function count(value: number, one: string, many = `${one}s`): string {
  return `${whole.format(value)} ${value === 1 ? one : many}`;
}
