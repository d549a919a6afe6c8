import type { ComponentChildren } from 'preact';
import { downloadable, Failure, key } from '../transport/api';
import { said } from './state';

/** A link to a file. It sends no header, so where a key is needed it is given a ticket when it is followed. */
export function DownloadLink({ path, name, button = false, children }: { path: string; name: string; button?: boolean; children: ComponentChildren }) {
  const follow = async (event: Event) => {
    if (key() === null) return;
    event.preventDefault();
    try {
      const link = document.createElement('a');
      link.href = await downloadable(path);
      link.download = name;
      link.click();
    } catch (error) {
      said.value = error instanceof Failure ? `Download: ${error.detail || error.title}` : String(error);
    }
  };
  return <a class={button ? 'button' : undefined} href={path} download={name} onClick={event => void follow(event)}>{children}</a>;
}
