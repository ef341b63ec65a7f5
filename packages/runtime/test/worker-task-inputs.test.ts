import type { AdversarialBatch, Lease, NamedTensors, Task } from '@sparring/protocol';
import { InProcessBus, StateSource } from '@sparring/runtime';
import { taskInputs } from '../dist/worker/task-inputs.js';
import { subjects, whole } from './worker-coordinator.ts';

/** Tensors that say what they are of. */
const parametersOf = (step: number): NamedTensors => ({ bias: Float32Array.of(step) });
const stateOf = (step: number): NamedTensors => ({ 'parameters/bias': Float32Array.of(step) });

function inputs(task: Task, given: { staleness?: number; heldStep?: number; adversarial?: AdversarialBatch } = {}) {
  const bus = new InProcessBus();
  bus.serve(subjects.parameters.fetch, ({ what, step }) =>
    whole(what === 'state' ? stateOf(step) : parametersOf(step)),
  );
  const { signal } = new AbortController();
  const source = new StateSource({ bus, subjects, term: 1, maxBodyBytes: 4, keptSteps: 3, signal });
  const { adversarial, staleness = 0, heldStep } = given;
  const lease: Lease = { leaseId: '1', term: 1, task, durationMs: 1_000, ...(adversarial ? { adversarial } : {}) };
  return taskInputs(lease, source, staleness, heldStep);
}

const pass = (part: 'whole' | 'clean' | 'adversarial', step = 5): Task => ({ kind: 'pass', part, step, shard: 0 });
const probe = { kind: 'probe', split: 'test', attack: 'clean', from: 0, to: 9 } as const;

test('a span begins with the whole state, a pass with the parameters of its step', async () => {
  expect(await inputs({ kind: 'advance', step: 5, numSteps: 2, replica: 0 })).toEqual({ state: stateOf(5) });
  for (const part of ['whole', 'clean'] as const) {
    expect(await inputs(pass(part))).toEqual({ parameters: parametersOf(5) });
  }
});

test('a stale attack within a pass is given the older parameters beside the newest', async () => {
  expect(await inputs(pass('whole'), { staleness: 2 })).toEqual({
    parameters: parametersOf(5),
    attacked: parametersOf(3),
  });
  expect(await inputs(pass('whole', 1), { staleness: 2 })).toEqual({
    ...{ parameters: parametersOf(1), attacked: parametersOf(0) },
  });
  expect(await inputs(pass('clean'), { staleness: 2 })).toEqual({ parameters: parametersOf(5) });
});

test('an adversarial pass is given the examples that came with its lease', async () => {
  const adversarial: AdversarialBatch = { encoding: 'signs', codes: Uint8Array.of(1) };
  expect(await inputs(pass('adversarial'), { staleness: 2, adversarial })).toEqual({
    ...{ parameters: parametersOf(5), adversarial },
  });
});

test('an attack, and one that only measures, is given the parameters that it is against', async () => {
  expect(await inputs({ kind: 'attack', step: 5, shard: 0, parametersStep: 3 })).toEqual({
    parameters: parametersOf(3),
  });
  expect(await inputs({ ...probe, parametersStep: 4 })).toEqual({ parameters: parametersOf(4) });
});

test('what the compute thread holds is not gathered', async () => {
  const heldStep = 5;
  expect(await inputs({ kind: 'advance', step: 5, numSteps: 2, replica: 0 }, { heldStep })).toEqual({});
  expect(await inputs(pass('whole'), { heldStep, staleness: 2 })).toEqual({ attacked: parametersOf(3) });
  expect(await inputs({ kind: 'attack', step: 7, shard: 0, parametersStep: 5 }, { heldStep })).toEqual({});
  expect(await inputs({ ...probe, parametersStep: 5 }, { heldStep })).toEqual({});
  expect(await inputs(pass('clean', 6), { heldStep })).toEqual({ parameters: parametersOf(6) });
});
