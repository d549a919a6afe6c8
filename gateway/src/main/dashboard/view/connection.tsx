import { useRef } from 'preact/hooks';
import { key, useKey } from '../transport/api';
import { DashboardWatcher } from './watcher';
import { duration } from './format';
import { link, now, trouble, watch } from './state';

/** Whether what is seen is how it is. */
export function Connection() {
  const { state, since } = link.value;
  const lost = state === 'waiting' || state === 'connecting';
  const long = lost && now.value - since > 1;
  return (
    <div class="connection">
      {!long && <span role="status" class={state === 'live' ? 'live' : ''}>{state === 'live' ? 'Live' : state === 'unknown' ? '' : state === 'refused' || state === 'forbidden' ? 'No access' : 'Connecting'}</span>}
      {long && <span role="status" class="lost">Connection lost, trying again</span>}
      {long && <span class="since" aria-hidden="true">for {duration(now.value - since)}</span>}
      {state === 'refused' && <KeyForm why={key() === null ? '' : 'It is not known, or not valid any more.'} />}
      {state === 'forbidden' && <KeyForm why="This key may not look at runs." />}
      {trouble.value !== '' && <p class="banner">{trouble.value}</p>}
      <DashboardWatcher />
    </div>
  );
}

/** Asked for once, and kept in this tab. */
function KeyForm({ why }: { why: string }) {
  const input = useRef<HTMLInputElement>(null);
  const use = (event: Event) => {
    event.preventDefault();
    useKey(input.current!.value.trim());
    watch(true);
  };
  return (
    <form class="key" onSubmit={use}>
      {why !== '' && <span role="alert">{why}</span>}
      <label>Key or token <input ref={input} type="password" autocomplete="off" required /></label>
      <button>Use it in this tab</button>
    </form>
  );
}
