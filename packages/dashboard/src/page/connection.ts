import type { RunUpdate, RunView } from '../view/run-view.js';
import { keptLooks } from '../view/run-view.js';

/** `over`: the process has said that it ends. `lost`: it said nothing, and is asked again. `gone`: nobody has the run there. */
export type ConnectionState = 'live' | 'lost' | 'over' | 'gone';

export interface Listener {
  view(view: RunView): void;
  state(state: ConnectionState): void;
}

/** Follows a run: what comes is put together to the whole of it. */
export function follow(id: string, listener: Listener): void {
  const events = new EventSource(`/api/runs/${encodeURIComponent(id)}/events`);
  let view: RunView | undefined;
  events.addEventListener('snapshot', ({ data }) => {
    view = JSON.parse(data) as RunView;
    listener.view(view);
  });
  events.addEventListener('update', ({ data }) => {
    if (!view) return;
    view = merged(view, JSON.parse(data) as RunUpdate);
    listener.view(view);
  });
  events.addEventListener('end', () => {
    events.close();
    listener.state('over');
  });
  events.addEventListener('open', () => listener.state('live'));
  // Closed: the run is not there, or not any more; else the browser asks again by itself.
  events.addEventListener('error', () => listener.state(events.readyState === EventSource.CLOSED ? 'gone' : 'lost'));
}

function merged(view: RunView, update: RunUpdate): RunView {
  const nets = update.nets.map((net, i) => {
    const before = view.nets[i]!;
    return {
      ...net,
      points: [...before.points, ...net.points],
      records: [...before.records, ...net.records],
      probes: [...before.probes, ...net.probes],
    };
  });
  const lanes = update.lanes.map((lane) => {
    const before = view.lanes.find(({ workerId }) => workerId === lane.workerId)?.lately ?? [];
    return { ...lane, lately: [...before, ...lane.lately].slice(-keptLooks) };
  });
  return { ...update, nets, lanes, log: [...view.log, ...update.log].slice(-200), config: view.config };
}
