/** Requests to the gateway, all below the page's own address. */
const KEY = 'freshet.key';

/** What was answered instead: a problem of the API, or no answer at all. */
export class Failure extends Error {
  constructor(readonly title: string, readonly detail: string, readonly status: number) {
    super(`${title}: ${detail}`);
  }
}

/** A key or a token; kept for this tab only, and sent in a header only. */
export function key(): string | null {
  return sessionStorage.getItem(KEY);
}

export function useKey(text: string): void {
  sessionStorage.setItem(KEY, text);
}

export function headers(more: Record<string, string> = {}): Record<string, string> {
  const known = key();
  if (known === null) return more;
  return isToken(known) ? { ...more, Authorization: `Bearer ${known}` } : { ...more, 'X-Freshet-Key': known };
}

/** A JSON web token, in contrast to a key. */
export function isToken(text: string): boolean {
  return /^ey[\w-]+\.[\w-]+\.[\w-]+$/.test(text);
}

/** Where a link can download from, which sends no header: with a ticket, if there is a key. */
export async function downloadable(path: string): Promise<string> {
  if (key() === null) return path;
  const [file, query] = path.split('?', 2);
  const answer = await request('POST', `tickets?path=${encodeURIComponent(`/${file}`)}`, undefined, { Accept: 'application/json' });
  const { ticket } = (await answer.json()) as { ticket: string };
  return `${file}?${query === undefined ? '' : `${query}&`}ticket=${encodeURIComponent(ticket)}`;
}

export async function request(method: string, path: string, body?: BodyInit, more: Record<string, string> = {}): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(path, { method, headers: headers(more), cache: 'no-store', ...(body === undefined ? {} : { body }) });
  } catch {
    throw new Failure('The gateway does not answer', 'It may be starting anew: try again.', 0);
  }
  if (!answer.ok) throw failure(answer.status, await answer.text());
  return answer;
}

export async function json<T>(path: string): Promise<T> {
  return (await (await request('GET', path, undefined, { Accept: 'application/json' })).json()) as T;
}

export function failure(status: number, text: string): Failure {
  try {
    const problem = JSON.parse(text) as { title?: string; detail?: string; Message?: string; message?: string };
    const detail = problem.detail ?? problem.Message ?? problem.message ?? '';
    return new Failure(problem.title ?? `The gateway answered ${status}`, detail, status);
  } catch {
    return new Failure(`The gateway answered ${status}`, text.slice(0, 300), status);
  }
}

/** The first lines of a download, which is ended then; whether there are more. */
export async function firstLines(path: string, most: number): Promise<{ lines: string[]; more: boolean }> {
  const answer = await request('GET', path);
  if (answer.body === null) return { lines: [], more: false };
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    text += chunk.value;
    if (text.split('\n', most + 2).length > most + 1) {
      void reader.cancel();
      return { lines: text.split('\n', most), more: true };
    }
  }
  return { lines: text.split('\n').filter(line => line !== ''), more: false };
}

/** The address of a path as a command needs it. */
export function absolute(path: string): string {
  return new URL(path, document.baseURI.replace(/#.*/, '')).href;
}
