import type { EngineName } from '@sparring/engine';
import { evaluateExamples, initialState, shapeOf, TrainingSession, within } from '../dist/index.js';
import { attacks, dataOf, models, optimizers, small, specOf } from './small-run.ts';

const attack = attacks['PGD from a random start on the predicted label']!;
const rates = { ...optimizers['all of it']!, learningRate: { kind: 'linear', from: 0.2, to: 0 } } as const;
const before = small({ attack, optimizer: optimizers['all of it']! });
const next = { ...small({ attack, optimizer: rates }), seed: 6, epochs: 5 };

const opened: TrainingSession[] = [];
afterAll(() => Promise.all(opened.map((session) => session.close())));

async function open(definition: typeof before, engine: EngineName, earlier?: TrainingSession) {
  const options = { engine, definition, dataSet: await dataOf(10), stepsPerCall: 2 };
  const session = await TrainingSession.open(options, earlier);
  opened.push(session);
  return session;
}

function refuse(): never {
  throw new Error('it is compiled already');
}

/** A few steps over the end of an epoch, passes before and after a rollback, and what the net errs on. The last feeds stay as they are. */
async function computed(session: TrainingSession) {
  const { state, losses } = await session.advance(initialState(session.model, session.definition), 7, 5);
  const later = await session.advance(initialState(session.model, session.definition), 7, 2, 0, 1);
  const parameters = within('parameters', state);
  const passes = [];
  for (const rollbacks of [0, 1]) {
    const whole = await session.pass('whole', parameters, 8, 1, {}, rollbacks);
    const adversarialX = await session.attack(parameters, 8, 1, rollbacks);
    passes.push(whole, await session.pass('both', parameters, 8, 1, { adversarialX }, rollbacks));
  }
  const { test } = await dataOf(10);
  const measured = [
    await evaluateExamples(session, parameters, test, specOf(attack), 0, 40),
    await evaluateExamples(session, parameters, test, { ...specOf(attack), kind: 'random' }, 0, 40),
  ];
  return structuredClone({ state, losses, later, passes, measured });
}

test.each<EngineName>(['onnx:cpu', 'tfjs:cpu'])(
  'on %s a run that takes over what one of another seed compiled has the bits of one that did not',
  async (engine) => {
    const alone = await computed(await open(next, engine));
    const earlier = await open(before, engine);
    const other = await computed(earlier);
    const compiled = await earlier.compiled('advance', refuse);
    const later = await open(next, engine, earlier);
    expect((await later.compiled('advance', refuse)).executable).toBe(compiled.executable);
    expect(await computed(later)).toEqual(alone);
    expect(other).not.toEqual(alone);
  },
);

test('runs are of one shape but for seed, length and learning rate', async () => {
  const shape = async (definition: typeof before, stepsPerCall = 2) =>
    shapeOf({ engine: 'onnx:cpu', definition, dataSet: await dataOf(10), stepsPerCall });
  expect(await shape(next)).toBe(await shape(before));
  const others = [
    small({ ...before, alpha: 0.4 }),
    small({ ...before, batch: 24 }),
    small({ ...before, shards: 3 }),
    small({ ...before, staleness: 1 }),
    small({ ...before, model: models.relu! }),
    small({ ...before, attack: attacks.PGD! }),
    small({ ...before, optimizer: optimizers.SGD! }),
  ];
  const shapes = await Promise.all([shape(before), shape(before, 3), ...others.map((other) => shape(other))]);
  expect(new Set(shapes).size).toBe(shapes.length);
});
