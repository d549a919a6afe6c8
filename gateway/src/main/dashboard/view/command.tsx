import { useState } from 'preact/hooks';
import { isToken, key } from '../transport/api';

/** A command to copy. */
export function Command({ text }: { text: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      setCopied(false); // without HTTPS nothing may be copied; the text can be selected
    }
  };
  return (
    <div class="command">
      <code tabIndex={0}>{text}</code>
      <button type="button" onClick={() => void copy()}>{copied ? 'Copied' : 'Copy'}</button>
    </div>
  );
}

/** With a variable instead of the key, if one is in use. */
export function curl(method: string, address: string): string {
  return `curl -sS${method === 'GET' ? '' : ` -X ${method}`}${access()} '${address}'`;
}

/** What lets a command in, if anything is needed. */
export function access(): string {
  const known = key();
  if (known === null) return '';
  return isToken(known) ? ' -H "Authorization: Bearer $FRESHET_TOKEN"' : ' -H "X-Freshet-Key: $FRESHET_KEY"';
}
