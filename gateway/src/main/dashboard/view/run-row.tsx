import type { Signal } from '@preact/signals';
import { toRun } from '../model/route';
import { isOpen, type Run } from '../model/runs';
import { age, count, duration, moment, percent, rate, utc } from './format';
import { Status } from './icon';
import { now } from './state';

export function RunRow({ row }: { row: Signal<Run> }) {
  const run = row.value;
  const settled = run.done + run.failed;
  const open = isOpen(run.status);
  const left = run.due === undefined || run.status !== 'Running' ? '' : duration(Math.max(0, run.due - now.value));
  return (
    <tr>
      <td class="name"><a href={toRun(run.id)}>{run.name ?? run.handler}</a><small>{run.id} · {run.kind}</small></td>
      <td><Status status={run.status} /></td>
      <td class="share">
        <Progress settled={settled} failed={run.failed} all={run.items} name={run.name ?? run.id} />
        <small>{percent(settled, run.items)} of {count(run.lines, run.kind === 'job' ? 'line' : 'item')}{run.failed > 0 && ` · ${count(run.failed, 'failed item')}`}{run.rejected > 0 && ` · ${count(run.rejected, 'rejected line')}`}</small>
      </td>
      <td class="n" data-label="Rate">{run.rate === undefined ? '–' : rate(run.rate)}</td>
      <td class="n" data-label="Left">{left || (open ? '–' : '')}</td>
      <td data-label="Where">{run.where === 'undecided' ? '–' : run.where}</td>
      <td class="n" data-label="Age" title={`${moment(run.created, now.value)} · ${utc(run.created)}`}>{age(now.value - run.created)}</td>
    </tr>
  );
}

export function Progress({ settled, failed, all, name }: { settled: number; failed: number; all: number; name: string }) {
  const share = all === 0 ? 0 : settled / all;
  return (
    <span class="bar" role="progressbar" aria-label={`Progress of ${name}`} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.floor(share * 100)}>
      <span class="fill" style={{ width: `${share * 100}%` }} />
      {failed > 0 && <span class="fail" style={{ width: `${Math.max(1, (failed / all) * 100)}%` }} />}
    </span>
  );
}
