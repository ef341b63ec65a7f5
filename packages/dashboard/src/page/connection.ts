import type { RunUpdate, RunView } from '../view/run-view.js';
import { keptLooks } from '../view/run-view.js';
import type { SweepView } from '../view/sweep-view.js';

/** `over`: the process has said that it ends. `lost`: it said nothing, and is asked again. `gone`: nobody has the run there. */
export type ConnectionState = 'live' | 'lost' | 'over' | 'gone';

export interface Listener<View> {
  view(view: View): void;
  state(state: ConnectionState): void;
}

/** Follows a run: what comes is put together to the whole of it. */
export function follow(id: string, listener: Listener<RunView>): void {
  followAt<RunView, RunUpdate>(`/api/runs/${encodeURIComponent(id)}/events`, merged, listener);
}

/** Follows a sweep. */
export function followSweep(id: string, listener: Listener<SweepView>): void {
  const merge = (view: SweepView, update: Partial<SweepView>) => ({ ...view, ...update });
  followAt(`/api/sweeps/${encodeURIComponent(id)}/events`, merge, listener);
}

/** Why there is nothing to follow: the browser tells that it is so, and not why. */
export async function reasonOf(what: 'run' | 'sweep', id: string): Promise<string> {
  try {
    const response = await fetch(`/api/${what}s/${encodeURIComponent(id)}`);
    if (response.status === 404) return `This ${what} is not here.`;
    return response.ok ? 'Too many pages watch already. Close some, and load this one again.' : await response.text();
  } catch {
    return 'The process that served this page has ended.';
  }
}

function followAt<View, Update>(
  address: string,
  merge: (view: View, update: Update) => View,
  listener: Listener<View>,
): void {
  const events = new EventSource(address);
  let view: View | undefined;
  events.addEventListener('snapshot', ({ data }) => {
    view = JSON.parse(data) as View;
    listener.view(view);
  });
  events.addEventListener('update', ({ data }) => {
    if (!view) return;
    view = merge(view, JSON.parse(data) as Update);
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
