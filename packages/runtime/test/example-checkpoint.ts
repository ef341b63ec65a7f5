import { type Checkpoint, digest, type NamedTensors } from '../dist/index.js';

export function exampleTensors(seed = 1): NamedTensors {
  return {
    'hidden0/kernel': { shape: [2, 3], data: Float32Array.from([1, -2, 3.5, 1e-40, 0.1, -0].map((x) => x * seed)) },
    'hidden0/bias': { shape: [3], data: Float32Array.of(seed, 0, -seed) },
    scalar: { shape: [], data: Float32Array.of(7) },
  };
}

export function exampleCheckpoint(step = 500): Checkpoint {
  const parameters = exampleTensors(step);
  const velocity = exampleTensors(2);
  return {
    ...{ step, epoch: 1, parameters, velocity, history: [exampleTensors(3), exampleTensors(4)] },
    epochLoss: { sum: 0.5, steps: 3 },
    ...{ earlyStop: { best: 0.01, epochsSince: 3 }, trainingSeconds: 12.25 },
    ...{ rollbacks: 2, probes: { best: null }, kept: { good: exampleTensors(5), pending: exampleTensors(6) } },
    digests: { parameters: digest(parameters), optimizer: digest(velocity) },
    ...{ configDigest: 'ab', dataChecksum: 'cd', engine: 'onnx:cpu 1.30.0' },
  };
}
