import type { Cluster, Node, Pod } from '../model/cluster';
import { toRun } from '../model/route';
import { age, count } from './format';
import { cluster, now } from './state';

export function ClusterScreen() {
  const seen = cluster.value;
  return (
    <>
      <h1>Cluster</h1>
      {seen === undefined && <section class="card"><p class="hint">Asking the gateway …</p></section>}
      {seen === null && <section class="card"><p>No Kubernetes here: workers run as processes; nodes, pods, scaling and bursts would be shown.</p></section>}
      {seen != null && <Seen cluster={seen} />}
    </>
  );
}

function Seen({ cluster: { nodes = [], pods = [], scalers = [], bursts = [] } }: { cluster: Cluster }) {
  const pending = pods.filter(pod => pod.phase === 'Pending');
  return (
    <>
      <p class="facts">{count(nodes.filter(n => n.ready && !n.virtual).length, 'node')} ready · {nodes.filter(n => n.virtual).length} virtual · {count(pods.length, 'pod')} · {pending.length} pending</p>
      <div class="nodes">{nodes.map(node => <NodeCard key={node.name} node={node} pods={pods.filter(pod => pod.node === node.name)} />)}</div>
      {pending.length > 0 && (
        <section class="card" aria-labelledby="pending-title">
          <h2 id="pending-title">Pending pods</h2>
          <table><thead><tr><th scope="col">Pod</th><th scope="col">For</th><th scope="col">Reason</th></tr></thead>
            <tbody>{pending.map(pod => <tr key={pod.name}><td>{pod.name}</td><td>{age(now.value - pod.since)}</td><td>{pod.reason ?? '–'}</td></tr>)}</tbody></table>
        </section>
      )}
      <section class="card" aria-labelledby="scaling-title">
        <h2 id="scaling-title">Scaling</h2>
        {scalers.length === 0 && <p class="hint">No object of KEDA is known.</p>}
        {scalers.map(s => <p key={s.name}>{s.name}: {s.active ? 'active' : 'idle'}, {s.replicas} of {s.min} to {s.max} replicas</p>)}
        {bursts.map(b => <p key={b.run}><a href={toRun(b.run)}>{b.run}</a>: asked for {b.asked}, runs {b.running}{b.reason === undefined ? '' : `, because ${b.reason}`}</p>)}
      </section>
    </>
  );
}

function NodeCard({ node, pods }: { node: Node; pods: Pod[] }) {
  return (
    <section class="card node" aria-label={node.name}>
      <h2>{node.name}</h2>
      <p class="hint">{node.virtual ? 'virtual' : 'node'} · {node.ready ? 'ready' : 'not ready'} · {count(pods.length, 'pod')}</p>
      <ul class="pods">{pods.map(pod => <li key={pod.name} class={pod.role} title={`${pod.name}: ${pod.phase}`}><span class="unseen">{pod.name}, {pod.role}, {pod.phase}</span></li>)}</ul>
    </section>
  );
}
