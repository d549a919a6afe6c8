import { launch } from './launch.mjs';

/** Starts everything on the well-known ports and keeps it up until the user ends it. */
export async function up(context) {
  const { screen } = context;
  const running = await launch(context, { ports: 'well-known', storage: ['blob', 'queue', 'table'], restartWorkers: true });
  screen.line(`Freshet is up: ${running.gateway}`);
  screen.line(manual(running));
  await running.stack.broken;
}

function manual({ gateway, watcher, storage, directory }) {
  return `
  dashboard  ${gateway}/      API  ${gateway}/q/openapi
  watcher    ${watcher}      storage  ${storage}      logs  ${directory}

Make two lines, submit them, and look (Ctrl-C here ends everything):

  printf '%s\\n' '{"id":"1","value1":3123,"value2":321311,"op":"+"}' '{"id":"2","value1":1,"value2":3,"op":"/"}' > lines.json
  JOB=$(curl -sS -F file=@lines.json ${gateway}/jobs); echo "$JOB"
  curl -sS ${gateway}/jobs/$JOB
  curl -sSN ${gateway}/jobs/$JOB/events
  curl -sS ${gateway}/jobs/$JOB/results
  curl -sS ${gateway}/jobs/$JOB/errors

Start an orchestration of a thousand inputs; the answer says where its status is:

  curl -sS -X POST '${gateway}/api/orchestrators/ComputeOrchestrator?inputCount=1000'
`;
}
