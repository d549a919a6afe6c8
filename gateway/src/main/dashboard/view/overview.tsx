import { Empty } from './empty';
import { RunList } from './run-list';
import { ScalingChart } from './scaling-chart';
import { older } from './history';
import { runs } from './state';

export function Overview() {
  const nothing = runs.known.value && older.exhausted.value && runs.order.value.length === 0;
  return (
    <>
      <h1 class="unseen">Overview</h1>
      <ScalingChart />
      {nothing ? <Empty /> : <RunList />}
    </>
  );
}
