import { useEffect, useRef, useState } from 'preact/hooks';
import type { Chart, Value } from '../model/series';
import { minute, number, time, zone } from './format';
import { SeriesChart } from './series-chart';
import { link, now, runs, series, seriesChanged } from './state';

const CURVES = ['Items remaining', 'Workers', 'Pods', 'Nodes'] as const;

export function ScalingChart() {
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<SeriesChart | null>(null);
  const [at, setAt] = useState<number | null>(null);
  useEffect(() => {
    chart.current = new SeriesChart(host.current!, setAt);
    return () => chart.current!.remove();
  }, []);
  const [table, setTable] = useState(false);
  const live = link.value.state === 'live';
  const turn = `${seriesChanged.value} ${Math.floor(now.value / 5)} ${runs.order.value.length}`;
  useEffect(() => {
    if (live) series.extend(now.peek());
    chart.current?.show(series.chart(), marks());
  }, [turn, live]);
  seriesChanged.value;
  const data = series.chart();
  const point = at !== null && at < data[0].length ? at : data[0].length - 1;
  const [waiting, inFlight] = series.last();
  return (
    <section class="card" aria-labelledby="hour-title">
      <div class="head">
        <h2 id="hour-title">Last hour</h2>
        <p class="legend"><span aria-hidden="true">▾</span> run started <span aria-hidden="true">■</span> run ended · times in {zone}</p>
      </div>
      <div class="scaling">
        <div ref={host} class="chart" />
        <dl class="figures">
          {CURVES.map((name, curve) => (
            <div key={name}>
              <dt><svg viewBox="0 0 20 4" aria-hidden="true" class={`curve-${curve}`}><path d="M0 2h20" /></svg>{name}</dt>
              <dd>{shown(data[curve + 1] as Value[], point)}</dd>
              <dd class="hint">{at !== null && data[0][point] !== undefined ? `at ${time(data[0][point]!)}` : curve === 0 && waiting != null ? `${number(inFlight ?? 0)} in flight` : data[curve + 1]![point] == null ? 'not known here' : ''}</dd>
            </div>
          ))}
        </dl>
      </div>
      <details onToggle={event => setTable(event.currentTarget.open)}>
        <summary>Show as table</summary>
        {table && <MinuteTable data={data} />}
      </details>
    </section>
  );
}

function shown(values: Value[], at: number): string {
  const value = values[at];
  return value == null ? '–' : number(value);
}

function marks() {
  return runs.order.peek().flatMap(row => {
    const { created, ended, id } = row.peek();
    const start = { at: created, kind: 'start' as const, run: id };
    return ended === undefined ? [start] : [start, { at: ended, kind: 'end' as const, run: id }];
  });
}

/** One row a minute, where anything is known. */
function MinuteTable({ data }: { data: Chart }) {
  const rows = data[0].map((_, at) => at).filter(at => data[0][at]! % 60 === 0 && data[1][at] != null).reverse();
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="The last hour, minute by minute">
      <table>
        <thead><tr><th scope="col">Time</th>{CURVES.map(name => <th key={name} scope="col" class="n">{name}</th>)}</tr></thead>
        <tbody>{rows.map(at => <tr key={at}><td>{minute(data[0][at]!)}</td>{CURVES.map((name, curve) => <td key={name} class="n">{shown(data[curve + 1] as Value[], at)}</td>)}</tr>)}</tbody>
      </table>
    </div>
  );
}
