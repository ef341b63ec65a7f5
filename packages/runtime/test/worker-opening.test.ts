import {
  type CoordinatorBeat,
  clusterSubjects,
  type RunSettings,
  type SettingsReply,
  subjectsOf,
} from '@sparring/protocol';
import {
  ClusterWorker,
  type ClusterWorkerEvent,
  type Computer,
  InProcessBus,
  type LoadedDataSet,
  ThreadComputer,
  WorkLoop,
} from '@sparring/runtime';

const subjects = subjectsOf('test');
const thread = new URL('worker-unsound-thread.js', import.meta.url);
const settings: RunSettings = {
  ...{ run: 'test', term: 1, engine: 'onnx:cpu', definition: '{}', data: '{}', dataChecksum: '', stepsPerCall: 1 },
  ...{ maxBodyBytes: 4, staleness: 0, replicas: 1 },
};

/** A coordinator that lets every worker in, and has no work. */
function openCoordinator(definition = {}) {
  const bus = new InProcessBus();
  let term = 0;
  const given = { ...settings, definition: JSON.stringify(definition) };
  const joined = new Promise<string>((resolve) => {
    bus.serve(subjects.membership.join, ({ qualification }) => {
      resolve(qualification.engine);
      return { kind: 'welcome' };
    });
  });
  bus.serve(subjects.membership.settings, (): SettingsReply => ({ kind: 'settings', settings: { ...given, term } }));
  bus.serve(subjects.work.ask, () => null);
  const beat = () => {
    const said: CoordinatorBeat = { coordinatorId: 'coordinator', term: ++term, run: 'test' };
    bus.publish(clusterSubjects().coordinator.beat, said);
  };
  return { bus, joined, beat };
}

test.each([
  ['opens', 'hangs', { open: 'hang' }, 1_500, 'the compute thread is not open after 1500 ms'],
  ['opens', 'ends', { open: 'end' }, 60_000, 'the compute thread ended'],
  ['shows what it computes with', 'ends', { fingerprint: 'end' }, 60_000, 'the compute thread ended'],
])('a compute thread that, while it %s, %s is replaced', async (_, __, definition, firstWithinMs, reason) => {
  const { bus, joined, beat } = openCoordinator(definition);
  const dataSet = { checksum: 'da7a', tries: new Int32Array(new SharedArrayBuffer(4)) };
  const dataSetOf = async () => dataSet;
  let tell = (_: ClusterWorkerEvent) => {};
  const unable = new Promise<ClusterWorkerEvent>((resolve) => {
    tell = (event) => event.kind === 'unable' && resolve(event);
  });
  let withinMs = firstWithinMs;
  const worker = new ClusterWorker({
    ...{ bus, role: 'trainer', onEvent: (event) => tell(event) },
    open: (given, signal) =>
      ThreadComputer.open(thread, given, { dataSetOf, packAdversarial: false, signal, withinMs }),
  });
  beat();
  expect(await unable).toMatchObject({ reason });
  withinMs = 60_000;
  // A thread that was too slow to hang has not counted itself.
  dataSet.tries[0] = 1;
  beat(); // so that it tries again at once
  expect(await joined).toBe('unsound 1');
  await worker.stop();
});

/** A computer of which nothing is heard any more. */
class Silent implements Computer {
  readonly dataChecksum = 'da7a';
  readonly steps = { begin: this.compute, pass: this.compute, endStep: this.compute, end: this.compute };
  readonly ended: string[] = [];

  readonly #onAsked: () => void;

  constructor(onAsked = () => {}) {
    this.#onAsked = onAsked;
  }

  compute(): Promise<never> {
    return new Promise(() => {});
  }

  fingerprint(): Promise<never> {
    this.#onAsked();
    return this.compute();
  }

  async close(): Promise<void> {
    this.ended.push('closed');
  }

  kill(): void {
    this.ended.push('killed');
  }
}

test('a computer that does not show in time what it computes with is killed', async () => {
  const { bus } = openCoordinator();
  const computer = new Silent();
  const open = async () => computer;
  const loop = new WorkLoop({ bus, subjects, role: 'trainer', qualify: true, qualifyWithinMs: 10, open });
  await expect(loop.start()).rejects.toThrow('the compute thread has no fingerprint after 10 ms');
  expect(computer.ended).toContain('killed');
});

test('a worker that is stopped does not wait for what its computer is to show, and does not kill it', async () => {
  const { bus } = openCoordinator();
  let ask = () => {};
  const asked = new Promise<void>((resolve) => {
    ask = resolve;
  });
  const computer = new Silent(ask);
  const loop = new WorkLoop({ bus, subjects, role: 'trainer', qualify: true, open: async () => computer });
  const failed = expect(loop.start()).rejects.toThrow('aborted');
  await asked;
  await loop.stop();
  await failed;
  expect(computer.ended).toEqual(['closed']);
});

test('a worker that is stopped does not wait for its data', async () => {
  const { bus, beat } = openCoordinator();
  let load = () => {};
  const loading = new Promise<void>((resolve) => {
    load = resolve;
  });
  const dataSetOf = () => {
    load();
    return new Promise<LoadedDataSet>(() => {});
  };
  const worker = new ClusterWorker({
    ...{ bus, role: 'trainer', onEvent: () => {} },
    open: (given, signal) => ThreadComputer.open(thread, given, { dataSetOf, packAdversarial: false, signal }),
  });
  beat();
  await loading;
  await worker.stop();
});
