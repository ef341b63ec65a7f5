import {
  type JoinReply,
  type JoinRequest,
  type NamedTensors,
  type RunSettings,
  type SettingsReply,
  subjectsOf,
  type Task,
  type TensorsReply,
  type TensorsRequest,
  type WorkReceipt,
  type WorkReply,
  type WorkResult,
} from '@sparring/protocol';
import { InProcessBus, ThreadComputer, type WorkerEvent, WorkLoop } from '@sparring/runtime';

export const subjects = subjectsOf('test');
const thread = new URL('worker-misbehaving-thread.js', import.meta.url);

export interface Orders {
  readonly settings?: Partial<RunSettings>;
  /** Of each lease; a minute where nothing is said. */
  readonly durationMs?: (task: { readonly step?: number }) => number;
  readonly settingsReply?: SettingsReply;
  readonly joinReply?: JoinReply;
  /** What becomes of each result in turn; accepted where nothing is said. */
  readonly receipts?: readonly (WorkReceipt | Promise<WorkReceipt>)[];
  /** What is held of a step; all that is asked for by default. null: it is gone. */
  readonly tensorsOf?: (request: TensorsRequest) => NamedTensors | null | Promise<never>;
  readonly qualify?: boolean;
  readonly onAsk?: (ask: number) => void;
}

/** What a coordinator hears of its workers. */
export interface Heard {
  readonly joins: JoinRequest[];
  readonly left: string[];
  readonly asks: number[];
  readonly fetched: string[];
  readonly results: WorkResult[];
  /** Without the times that tasks took. */
  readonly events: WorkerEvent[];
  /** Of each task that was performed, and of its result's return, in order. */
  readonly times: WorkerEvent[];
}

/** A worker on a real thread, and what it meets of a coordinator, which leases the given tasks in turn and then sends it home. */
export function openWorker(tasks: readonly Task[], orders: Orders = {}) {
  const bus = new InProcessBus();
  const heard: Heard = { joins: [], left: [], asks: [], fetched: [], results: [], events: [], times: [] };
  const settings: RunSettings = {
    ...{ run: 'test', term: 7, engine: 'onnx:cpu', definition: '{}', data: '{}', dataChecksum: '', stepsPerCall: 1 },
    ...{ maxBodyBytes: 4, staleness: 0, replicas: 1 },
    ...orders.settings,
  };
  let leased = 0;
  const answerAsk = (): WorkReply => {
    const task = tasks[leased++];
    if (task === undefined) return { kind: 'leave' };
    const durationMs = orders.durationMs?.(task as { step?: number }) ?? 60_000;
    return { kind: 'lease', lease: { leaseId: `${leased}`, term: settings.term, task, durationMs } };
  };
  const closing = [
    bus.serve(subjects.membership.settings, () => orders.settingsReply ?? { kind: 'settings', settings }),
    bus.serve(subjects.membership.join, (request) => {
      heard.joins.push(request);
      return orders.joinReply ?? { kind: 'welcome' };
    }),
    bus.subscribe(subjects.membership.leave, ({ workerId }) => heard.left.push(workerId)),
    bus.serve(subjects.work.ask, ({ ask }) => {
      heard.asks.push(ask);
      orders.onAsk?.(ask);
      return answerAsk();
    }),
    bus.serve(subjects.parameters.fetch, async (request) => {
      heard.fetched.push(`${request.what} ${request.step}`);
      const { tensorsOf = ({ step }) => ({ bias: Float32Array.of(step) }) } = orders;
      return whole(await tensorsOf(request));
    }),
    ...Object.values(subjects.results).map((subject) =>
      bus.serve(subject, (result) => {
        heard.results.push(result);
        return orders.receipts?.[heard.results.length - 1] ?? 'accepted';
      }),
    ),
  ];
  const dataSetOf = async () => ({ checksum: 'da7a' });
  const loop = new WorkLoop({
    ...{ bus, subjects, role: 'trainer', qualify: orders.qualify ?? false },
    open: (given) => ThreadComputer.open(thread, given, { dataSetOf, packAdversarial: false }),
    onEvent: (event) =>
      (event.kind === 'performed' || event.kind === 'returned' ? heard.times : heard.events).push(event),
  });
  loops.push(loop);
  const close = () => {
    for (const stop of closing) stop();
  };
  return { bus, loop, heard, close };
}

/** Has a worker compute tasks until it is sent home. */
export async function work(tasks: readonly Task[], orders: Orders = {}): Promise<Heard> {
  const { loop, heard } = openWorker(tasks, orders);
  await loop.start();
  await loop.finished;
  return heard;
}

export const advance = (step: number): Task => ({ kind: 'advance', step, numSteps: 1, replica: 0 });

/** All of some tensors in one reply. */
export function whole(tensors: NamedTensors | null): TensorsReply {
  if (tensors === null) return { kind: 'gone' };
  const entries = Object.entries(tensors);
  return {
    kind: 'part',
    layout: entries.map(([name, { length }]) => ({ name, elements: length })),
    slices: entries.map(([name, values]) => ({ name, from: 0, values })),
  };
}

const loops: WorkLoop[] = [];
afterEach(async () => {
  await Promise.allSettled(loops.splice(0).map((loop) => loop.stop()));
});
