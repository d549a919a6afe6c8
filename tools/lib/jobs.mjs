import http from 'node:http';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { Failure } from './failure.mjs';

const FINAL = new Set(['Complete', 'CompleteWithErrors', 'Failed', 'Canceled']);
const POLL_MS = 1_000;
const SILENCE_MS = 15_000;
const PATIENCE_MS = 60_000;
const BODY_LIMIT = 4_096;

export function isFinal(job) {
  return FINAL.has(job.status);
}

/** A client of the Jobs API, written as any user of it would write one. */
export class Jobs {
  #base;

  /** @param base the gateway's URL */
  constructor(base) {
    this.#base = base;
  }

  url(path) {
    return `${this.#base}${path}`;
  }

  /** Streams the body, as fast as the gateway takes it, and returns the job's id. */
  async submit(body, { query, headers }) {
    const target = this.url(`/jobs?${new URLSearchParams(query)}`);
    const request = http.request(target, {
      method: 'POST',
      agent: false,
      headers: { Accept: 'application/json', 'Content-Type': 'application/x-ndjson', ...headers },
    });
    const answered = new Promise((resolve, reject) => {
      request.once('response', resolve);
      request.once('error', reject);
    });
    // the gateway may refuse before it has read everything: its answer says more than the broken pipe
    pipeline(body, request).catch(() => {});
    const response = await answered.catch((error) => {
      throw new Failure(`The upload broke off (${error.code ?? error.message}).`);
    });
    if (response.statusCode !== 202) throw await refusal('The upload', response);
    return JSON.parse(await text(response)).id;
  }

  /** The job's document each time it changes, the final one last. */
  async *follow(id) {
    let job;
    try {
      for await (job of this.#events(id)) {
        yield job;
        if (isFinal(job)) return;
      }
    } catch {
      // an event stream is a convenience: polling tells the same
    }
    yield* this.#poll(id);
  }

  async *#events(id) {
    const response = await this.#get(`/jobs/${id}/events`, { Accept: 'text/event-stream' });
    if (response.statusCode !== 200) throw await refusal('The event stream', response);
    response.setTimeout(SILENCE_MS, () => response.destroy(new Error('silent')));
    for await (const data of eventData(response)) yield JSON.parse(data);
  }

  async *#poll(id) {
    for (;;) {
      const job = JSON.parse(await text(await this.open(`/jobs/${id}`)));
      yield job;
      if (isFinal(job)) return;
      await delay(POLL_MS);
    }
  }

  /** The body of a 200 answer as a stream; waits a while when the service is not ready to give it. */
  async open(path) {
    const limit = Date.now() + PATIENCE_MS;
    for (;;) {
      const response = await this.#get(path, { Accept: 'application/json, application/x-ndjson' }).catch(unreachable);
      if (response.statusCode === 200) return response;
      const failure = await refusal(`GET ${path}`, response);
      if (![409, 503].includes(response.statusCode) || Date.now() > limit) throw failure;
      await delay(Number(response.headers['retry-after'] || 1) * 1000);
    }
  }

  #get(path, headers) {
    return new Promise((resolve, reject) => {
      http.get(this.url(path), { agent: false, headers }, resolve).once('error', reject);
    });
  }
}

/** The data of server-sent events, one text for each event. */
export async function* eventData(chunks) {
  let rest = '';
  let data = [];
  const decoder = new TextDecoder();
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r\n|\n/);
    rest = lines.pop();
    for (const line of lines) {
      if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''));
      if (line !== '' || data.length === 0) continue;
      yield data.join('\n');
      data = [];
    }
  }
}

async function text(response) {
  let body = '';
  response.setEncoding('utf8');
  for await (const chunk of response) body += chunk;
  return body;
}

async function refusal(what, response) {
  const body = (await text(response).catch(() => '')).slice(0, BODY_LIMIT);
  const said = `${what} was answered ${response.statusCode} ${response.statusMessage}`;
  return new Failure(`${said}${explanation(body)}`);
}

function explanation(body) {
  try {
    const { title, detail } = JSON.parse(body);
    return `: ${detail ?? title ?? body}`;
  } catch {
    return body.trim() ? `: ${body.trim().split('\n')[0]}` : '';
  }
}

function unreachable(error) {
  throw new Failure(`The gateway did not answer (${error.code ?? error.message}).`);
}
