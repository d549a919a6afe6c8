/** One server-sent event stream by fetch: the key in a header, resumption by Last-Event-ID, silence noticed. */
/** `refused`: nobody knows who looks; `forbidden`: who looks may not */
export type Link = 'connecting' | 'live' | 'waiting' | 'refused' | 'forbidden' | 'unknown';
export interface StreamEvent { id: string; type: string; data: string }
export interface Listener {
  headers(more: Record<string, string>): Record<string, string>;
  event(event: StreamEvent): void;
  link(link: Link, retryInMs: number): void;
}

const SILENCE_MS = 20_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 5_000;

/** Splits text into events as the standard says; a comment or an event without data is only a sign of life. */
export function parser(emit: (event: StreamEvent, retryMs: number | null) => void): (text: string) => void {
  let rest = '', id = '', type = '', retry: number | null = null;
  let data: string[] = [];
  return text => {
    rest += text;
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop()!;
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0) emit({ id, type: type || 'message', data: data.join('\n') }, retry);
        data = [];
        type = '';
        continue;
      }
      const colon = line.indexOf(':');
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? '' : line.slice(colon + (line[colon + 1] === ' ' ? 2 : 1));
      if (field === 'data') data.push(value);
      else if (field === 'event') type = value;
      else if (field === 'id' && !value.includes('\0')) id = value;
      else if (field === 'retry' && /^\d+$/.test(value)) retry = Number(value);
    }
  };
}

/** Follows `url` until stopped. A hidden page holds no connection; a page shown again goes on where it was. */
export function follow(url: string, listener: Listener): () => void {
  let lastId = '', failures = 0, stopped = false, firstWait = FIRST_WAIT_MS;
  let request: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function connect(): Promise<void> {
    if (stopped || request !== null || document.hidden) return;
    const mine = request = new AbortController();
    let watchdog: ReturnType<typeof setTimeout> | undefined;
    const alive = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => mine.abort(), SILENCE_MS);
    };
    listener.link('connecting', 0);
    try {
      alive();
      const headers = listener.headers({ Accept: 'text/event-stream' });
      if (lastId !== '') headers['Last-Event-ID'] = lastId;
      const answer = await fetch(url, { headers, cache: 'no-store', signal: mine.signal });
      if (answer.status === 401) return end('refused');
      if (answer.status === 403) return end('forbidden');
      if (answer.status === 400 || answer.status === 404) return end('unknown');
      if (!answer.ok || answer.body === null) throw new Error(`events answered ${answer.status}`);
      listener.link('live', 0);
      const read = parser((event, retry) => {
        failures = 0;
        if (event.id !== '') lastId = event.id;
        firstWait = retry ?? firstWait;
        listener.event(event);
      });
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
        alive();
        read(chunk.value);
      }
    } catch {
      // the same as an end: try again
    } finally {
      clearTimeout(watchdog);
      if (request === mine) request = null;
    }
    retryLater();
  }

  /** Trying again would not help. */
  function end(why: Link): void {
    stopped = true;
    listener.link(why, 0);
  }

  function retryLater(): void {
    if (stopped || document.hidden) return;
    const longest = Math.min(LONGEST_WAIT_MS, firstWait * 2 ** failures++);
    const wait = longest * (0.5 + Math.random() / 2);
    listener.link('waiting', wait);
    timer = setTimeout(connect, wait);
  }

  function shownOrHidden(): void {
    clearTimeout(timer);
    if (document.hidden) request?.abort();
    else void connect();
  }

  document.addEventListener('visibilitychange', shownOrHidden);
  void connect();
  return () => {
    stopped = true;
    clearTimeout(timer);
    request?.abort();
    document.removeEventListener('visibilitychange', shownOrHidden);
  };
}
