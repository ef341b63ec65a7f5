import type { NamedTensors, TensorsReply, TensorsRequest } from '@sparring/protocol';
import { InProcessBus, StateSource, type StateSourceOptions, StepGone } from '@sparring/runtime';
import { subjects, whole } from './worker-coordinator.ts';

const parameters = (...values: number[]): NamedTensors => ({ bias: Float32Array.from(values) });
const answerByStep = ({ step }: TensorsRequest): TensorsReply => whole(parameters(step));

/** A source on a bus whose coordinator answers as given. */
function openSource(
  answer: (request: TensorsRequest) => TensorsReply | Promise<TensorsReply>,
  options: Partial<StateSourceOptions> = {},
) {
  const bus = new InProcessBus();
  const asked: TensorsRequest[] = [];
  bus.serve(subjects.parameters.fetch, (request) => {
    asked.push(request);
    return answer(request);
  });
  const { signal } = new AbortController();
  const source = new StateSource({ bus, subjects, term: 2, maxBodyBytes: 64, keptSteps: 1, signal, ...options });
  /** Has the source hear parameters, as all workers do. */
  const publish = async (step: number, told: NamedTensors, term = 2, lineage: { rollbacks?: number } = {}) => {
    bus.publish(subjects.parameters.publish, { term, step, parameters: told, ...lineage });
    await new Promise((resolve) => setImmediate(resolve));
  };
  const fetched = () => asked.map(({ what, step }) => `${what} ${step}`);
  return { source, asked, fetched, publish };
}

test('parameters that were heard are not fetched, others are, once', async () => {
  const { source, fetched, publish } = openSource(answerByStep, { keptSteps: 2 });
  const told = parameters(40);
  await publish(4, told);
  expect(await source.parametersOf(4)).toBe(told);
  expect(fetched()).toEqual([]);
  const both = await Promise.all([source.parametersOf(3), source.parametersOf(3)]);
  expect(both).toEqual([parameters(3), parameters(3)]);
  expect(fetched()).toEqual(['parameters 3']);
});

test('what is heard is kept in the place of what was fetched, and of what is being fetched', async () => {
  let fail = () => {};
  const failure = new Promise<TensorsReply>((resolve) => {
    fail = () => resolve({ kind: 'gone' });
  });
  const { source, publish } = openSource(() => failure);
  const fetching = source.parametersOf(4);
  const told = parameters(40);
  await publish(4, told);
  fail();
  await expect(fetching).rejects.toBeInstanceOf(StepGone);
  expect(await source.parametersOf(4)).toBe(told);
});

test('parameters of a step are others after a rollback, whether heard, fetched or as a part of the state', async () => {
  const { source, asked, publish } = openSource(({ step, rollbacks = 0 }) => whole(parameters(step, rollbacks)), {
    keptSteps: 3,
  });
  await publish(4, parameters(40));
  await publish(4, parameters(41), 2, { rollbacks: 1 });
  expect(await source.parametersOf(4)).toEqual(parameters(40));
  expect(await source.parametersOf(4, 1)).toEqual(parameters(41));
  expect(asked).toEqual([]);
  expect(await source.parametersOf(4, 2)).toEqual(parameters(4, 2));
  expect([await source.stateOf(4), await source.stateOf(4, 1)]).toEqual([parameters(4, 0), parameters(4, 1)]);
});

test("what another term's coordinator says is not heard", async () => {
  const { source, fetched, publish } = openSource(answerByStep);
  await publish(4, parameters(40), 1);
  expect(await source.parametersOf(4)).toEqual(parameters(4));
  expect(fetched()).toEqual(['parameters 4']);
});

test('the parameters of only so many steps are kept, the newest that were heard or fetched', async () => {
  const { source, fetched, publish } = openSource(answerByStep, { keptSteps: 2 });
  await source.parametersOf(1);
  await publish(2, parameters(2));
  await source.parametersOf(1);
  await publish(3, parameters(3));
  await source.parametersOf(2);
  expect(fetched()).toEqual(['parameters 1']);
  await source.parametersOf(1);
  expect(fetched()).toEqual(['parameters 1', 'parameters 1']);
});

test('a step that the coordinator does not hold is gone, and may be asked for again', async () => {
  let held = false;
  const { source } = openSource((request) => (held ? answerByStep(request) : { kind: 'gone' }));
  await expect(source.parametersOf(4)).rejects.toThrow('step 4 is gone');
  await expect(source.stateOf(4)).rejects.toBeInstanceOf(StepGone);
  held = true;
  expect(await source.parametersOf(4)).toEqual(parameters(4));
});

test('the whole state of a step is fetched once, however many replicas begin with it, and only the last is kept', async () => {
  const { source, asked } = openSource(answerByStep);
  for (const step of [4, 4, 5, 4]) expect(await source.stateOf(step)).toEqual(parameters(step));
  expect(asked).toMatchObject([4, 5, 4].map((step) => ({ what: 'state', step, term: 2, offset: 0 })));
});

test('more than the run may hold is not made room for', async () => {
  const layout = [{ name: 'bias', elements: 17 }];
  const { source } = openSource(() => ({ kind: 'part', layout, slices: [] }), { maxBodyBytes: 64 });
  await expect(source.stateOf(4)).rejects.toThrow('tensors of 68 bytes, of 64 at most');
  const beyond = { name: 'bias', from: 1, values: Float32Array.of(1, 2) };
  const { source: other } = openSource(() => ({
    kind: 'part',
    layout: [{ name: 'bias', elements: 2 }],
    slices: [beyond],
  }));
  await expect(other.stateOf(4)).rejects.toThrow('bias: 3 elements of 2');
});

test('tensors are asked for in parts, and put together in memory that threads share', async () => {
  const bias = Float32Array.of(1, 2, 3, 4, 5, 6, 7);
  const answer = ({ offset, length }: TensorsRequest): TensorsReply => ({
    kind: 'part',
    layout: [{ name: 'bias', elements: 7 }],
    slices: [{ name: 'bias', from: offset, values: bias.subarray(offset, offset + length) }],
  });
  const { source, asked } = openSource(answer, { partElements: 3 });
  const state = await source.stateOf(4);
  expect(state).toEqual({ bias });
  expect(state.bias!.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(asked.map(({ offset, length }) => [offset, length])).toEqual([
    [0, 3],
    [3, 3],
    [6, 3],
  ]);
});

test('a step that goes while its parts are fetched is gone', async () => {
  const { source } = openSource(
    ({ offset }) =>
      offset === 0 ? { kind: 'part', layout: [{ name: 'bias', elements: 7 }], slices: [] } : { kind: 'gone' },
    { partElements: 3 },
  );
  await expect(source.stateOf(4)).rejects.toBeInstanceOf(StepGone);
});

test('a fetch ends when its signal is aborted', async () => {
  const controller = new AbortController();
  const { source } = openSource(() => new Promise(() => {}), { signal: controller.signal });
  const fetching = source.parametersOf(4);
  controller.abort(new Error('enough'));
  await expect(fetching).rejects.toThrow('enough');
});

test('a source that is closed hears nothing any more', async () => {
  const { source, fetched, publish } = openSource(answerByStep);
  source.close();
  await publish(4, parameters(40));
  await source.parametersOf(4);
  expect(fetched()).toEqual(['parameters 4']);
});
