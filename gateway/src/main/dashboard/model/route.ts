/** Where somebody is: the fragment of the address, which is the only home of filter, page and item. */
export type Name = 'runs' | 'run' | 'submit' | 'cluster';
export interface Route { name: Name; id: string; query: URLSearchParams }

export function parse(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [first = '', second = ''] = path.split('/', 2);
  const known = first === 'submit' || first === 'cluster' ? first : 'runs';
  const id = decode(second);
  return { name: first === 'runs' && id !== '' ? 'run' : known, id, query: new URLSearchParams(query) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function toRun(id: string): string {
  return `#/runs/${encodeURIComponent(id)}`;
}

/** The same place with other parameters; those that are empty are left out. */
export function changed(route: Route, change: Record<string, string>): string {
  const query = new URLSearchParams(route.query);
  for (const [name, value] of Object.entries(change)) {
    if (value === '') query.delete(name);
    else query.set(name, value);
  }
  const path = route.name === 'run' ? toRun(route.id) : `#/${route.name}`;
  return query.size === 0 ? path : `${path}?${query}`;
}
