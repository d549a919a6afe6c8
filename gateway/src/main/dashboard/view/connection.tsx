import { useRef } from 'preact/hooks';
import { useKey } from '../transport/api';
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
      {!long && <span role="status" class={state === 'live' ? 'live' : ''}>{state === 'live' ? 'Live' : state === 'unknown' ? '' : state === 'refused' ? 'No access' : 'Connecting'}</span>}
      {long && <span role="status" class="lost">Connection lost, trying again</span>}
      {long && <span class="since" aria-hidden="true">for {duration(now.value - since)}</span>}
      {state === 'refused' && <KeyForm />}
      {trouble.value !== '' && <p class="banner">{trouble.value}</p>}
      <DashboardWatcher />
    </div>
  );
}

function KeyForm() {
  const input = useRef<HTMLInputElement>(null);
  const use = (event: Event) => {
    event.preventDefault();
    useKey(input.current!.value);
    watch(true);
  };
  return (
    <form class="key" onSubmit={use}>
      <label>Key <input ref={input} type="password" autocomplete="off" required /></label>
      <button>Use it in this tab</button>
    </form>
  );
}
