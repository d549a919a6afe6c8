import { DropPanel } from './drop';
import { access, Command } from './command';
import { absolute } from '../transport/api';

/** What somebody sees who is here for the first time. */
export function Empty() {
  return (
    <section class="card empty" aria-labelledby="empty-title">
      <h2 id="empty-title">Nothing has run yet</h2>
      <p>A job is a file of lines: Freshet splits it into parts, computes them on all workers, and merges the results in order.</p>
      <DropPanel />
      <p>Or by command, two lines for the calculator that is built in:</p>
      <Command text={`printf '%s\\n' '{"id":"1","value1":3,"value2":4,"op":"+"}' '{"id":"2","value1":1,"value2":3,"op":"/"}' | curl${access()} --data-binary @- ${absolute('jobs')}`} />
      <p>Or <a href="#/submit">start an orchestration</a>.</p>
    </section>
  );
}
