import { age } from './format';
import { link, now, route, watcherAt } from './state';

const SILENT_SECONDS = 90;

/** A quiet watcher writes once a minute; one that does not has gone. */
export function DashboardWatcher() {
  const at = watcherAt.value;
  if (at === undefined || route.value.name === 'run' || link.value.state !== 'live') return null;
  const silence = now.value - at;
  if (silence < SILENT_SECONDS) return null;
  return (
    <p class="banner">
      {at === 0 ? 'No watcher has reported yet' : `The watcher has not reported for ${age(silence)}`}: runs are accepted, and begin when it is there.
    </p>
  );
}
