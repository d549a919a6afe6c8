import { useEffect } from 'preact/hooks';
import type { Name } from '../model/route';
import { ClusterScreen } from './cluster';
import { Connection } from './connection';
import { takeDrops } from './drop';
import { Overview } from './overview';
import { RunScreen } from './run';
import { said, route } from './state';
import { Submit } from './submit';

const PLACES: [Name, string][] = [['runs', 'Overview'], ['submit', 'Submit'], ['cluster', 'Cluster']];
const TITLES: Record<Name, string> = { runs: 'Overview', run: 'Run', submit: 'Submit', cluster: 'Cluster' };

export function App() {
  const { name, id } = route.value;
  useEffect(takeDrops, []);
  useEffect(() => {
    document.title = `${name === 'run' ? id : TITLES[name]} · Freshet`;
  }, [name, id]);
  return (
    <>
      <a class="skip" href="#main" onClick={event => { event.preventDefault(); document.getElementById('main')?.focus(); }}>Skip to the content</a>
      <header class="top">
        <a class="brand" href="#/runs">Freshet</a>
        <nav aria-label="Screens">
          {PLACES.map(([place, title]) => (
            <a key={place} href={`#/${place}`} aria-current={name === place ? 'page' : undefined}>{title}</a>
          ))}
        </nav>
        <Connection />
      </header>
      <main id="main" tabIndex={-1}>
        {name === 'runs' && <Overview />}
        {name === 'run' && <RunScreen key={id} id={id} />}
        {name === 'submit' && <Submit />}
        {name === 'cluster' && <ClusterScreen />}
      </main>
      <p role="status" class={said.value === '' ? 'unseen' : 'said'}>{said.value}</p>
    </>
  );
}
