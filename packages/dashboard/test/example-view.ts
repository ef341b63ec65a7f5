import type { EpochView, NetView, RunView } from '../dist/view/run-view.js';

export function epoch(epoch: number, error: number): EpochView {
  return {
    ...{ epoch, step: 100 * epoch, loss: 1 / epoch, learningRate: 0.1, momentum: 0.5, trainingSeconds: epoch },
    ...{ examplesPerSecond: 1_000, parametersDigest: 'ab'.repeat(32), optimizerDigest: 'cd'.repeat(32) },
    validation: { clean: { error, confidence: 0.5 }, fgsm: { error: 2 * error, confidence: null } },
  };
}

export function net(key: NetView['key'], records: readonly EpochView[]): NetView {
  const title = key === 'net' ? 'the net' : 'its twin';
  return {
    key,
    title,
    stage: 'done',
    epochs: 2,
    lastStep: 200,
    now: null,
    points: [],
    records,
    probes: [],
    picturesStep: null,
  };
}

export function view(changes: Partial<RunView> = {}): RunView {
  return {
    ...{
      id: 'demo-s0-20261123-101530-ab12',
      name: 'demo',
      seed: 0,
      engine: 'onnx:cpu',
      status: 'finished',
      note: '',
      reopen: '',
    },
    ...{ isLive: false, subject: 'a net', lanes: [], log: [], facts: {}, config: 'name: demo\n' },
    evaluation: { epsilon: 0.25, clip: true, bounds: [0, 1], pgdIterations: 20, examples: 1_000 },
    nets: [net('twin', [epoch(1, 0.2)]), net('net', [epoch(1, 0.1), epoch(2, 0.05)])],
    results: [{ name: 'the net', test: { clean: { error: 0.04, confidence: 0.6 } } }],
    ...changes,
  };
}
