import { failure, Failure, headers } from './api';
import type { components } from './schema';

export interface Upload {
  /** id of the job that it has become */
  done: Promise<string>;
  cancel(): void;
}

/** Sends a file as a job. By XMLHttpRequest, because fetch does not tell how much has been sent. */
export function upload(file: File, query: string, progress: (sent: number) => void): Upload {
  const request = new XMLHttpRequest();
  const done = new Promise<string>((resolve, reject) => {
    request.upload.onprogress = event => progress(event.loaded);
    request.onload = () => {
      if (request.status === 202) resolve((JSON.parse(request.responseText) as components['schemas']['JobAccepted']).id);
      else reject(failure(request.status, request.responseText));
    };
    request.onerror = () => reject(new Failure('The upload has ended early', 'The gateway has gone, or has refused it. Nothing of it is left.', 0));
    request.onabort = () => reject(new Failure('Canceled', 'Nothing of it is left.', 0));
  });
  request.open('POST', `jobs${query}`);
  const sent = headers({ 'Content-Type': 'application/octet-stream', Accept: 'application/json' });
  for (const [name, value] of Object.entries(sent)) request.setRequestHeader(name, value);
  request.send(file);
  return { done, cancel: () => request.abort() };
}
