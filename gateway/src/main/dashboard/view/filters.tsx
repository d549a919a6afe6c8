import { changed, type Route } from '../model/route';
import { type Filter, STATUSES } from '../model/runs';
import { word } from './icon';
import { route } from './state';

export function filterOf({ query }: Route): Filter {
  return { status: query.get('status') ?? '', kind: query.get('kind') ?? '', text: query.get('q') ?? '' };
}

/** Each change is a place of its own, but for the letters of a text. */
export function Filters({ filter }: { filter: Filter }) {
  const go = (change: Record<string, string>) => {
    location.hash = changed(route.value, { ...change, page: '' });
  };
  const type = (text: string) => {
    history.replaceState(null, '', changed(route.value, { q: text, page: '' }));
    dispatchEvent(new HashChangeEvent('hashchange'));
  };
  return (
    <div class="filters" role="search" aria-label="Runs">
      <label><span class="unseen">Status</span>
        <select value={filter.status} onChange={event => go({ status: event.currentTarget.value })}>
          <option value="">All statuses</option>
          {STATUSES.map(status => <option key={status} value={status}>{word(status)}</option>)}
        </select>
      </label>
      <label><span class="unseen">Kind</span>
        <select value={filter.kind} onChange={event => go({ kind: event.currentTarget.value })}>
          <option value="">Jobs and orchestrations</option>
          <option value="job">Jobs</option>
          <option value="orchestration">Orchestrations</option>
        </select>
      </label>
      <label><span class="unseen">Name or id</span>
        <input type="search" placeholder="Name or id" value={filter.text} onInput={event => type(event.currentTarget.value)} />
      </label>
    </div>
  );
}
