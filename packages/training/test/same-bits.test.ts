import { createHash } from 'node:crypto';
import {
  initialState,
  type ShardLoss,
  stepLoss,
  type TrainingSession,
  type TrainingState,
  within,
} from '../dist/index.js';
import { attacks, models, openSession, optimizers, small } from './small-run.ts';

/** Over the end of an epoch of ten steps, and long enough for an attack two steps stale to lie in the past. */
const [from, numSteps] = [7, 5];

const table = Object.keys(models).flatMap((model) => Object.keys(attacks).map((attack) => [model, attack] as const));

test.each(table)(
  '%s trained against %s: fused, split and any number of steps a call have the same bits',
  async (model, attack) => {
    const definition = { model: models[model]!, attack: attacks[attack]!, optimizer: optimizers['all of it']! };
    for (const staleness of model === 'maxout' || model === 'softmax' ? [0, 2] : [0]) {
      await expectSameBits({ ...definition, staleness });
    }
  },
);

test.each([
  { what: 'one example a shard', given: { batch: 6, shards: 6 } },
  { what: 'one shard', given: { shards: 1 } },
  { what: 'three shards, an odd tree', given: { shards: 3 } },
  { what: 'no clean part (α = 0)', given: { alpha: 0 } },
  { what: 'no adversary (α = 1)', given: { alpha: 1, staleness: 2 } },
  { what: 'α = .5', given: { alpha: 0.5 } },
])('$what: the same bits too', async ({ given }) => {
  await expectSameBits(given);
});

async function expectSameBits(given: Parameters<typeof small>[0]): Promise<void> {
  const definition = small(given);
  const session = await openSession('onnx:cpu', definition, 3);
  const fused = await advanced(session, [numSteps]);
  expect(fused).not.toEqual(await advanced(session, [numSteps - 1]));
  expect(await advanced(session, Array(numSteps).fill(1))).toEqual(fused);
  expect(await exchanged(session, 'whole')).toEqual(fused);
  if (definition.alpha === 1) return;
  expect(await exchanged(session, 'split')).toEqual(fused);
  expect(await exchanged(session, 'shared')).toEqual(fused);
}

/** Spans of so many steps, one after the other; a call of the engine takes at most three. */
async function advanced(session: TrainingSession, spans: readonly number[]): Promise<object> {
  let state = initialState(session.model, session.definition);
  let step = from;
  const losses: number[] = [];
  for (const span of spans) {
    const done = await session.advance(state, step, span);
    state = done.state;
    losses.push(...done.losses);
    step += span;
  }
  return { bits: bitsOf(state), losses };
}

/** The same steps as trainers take that exchange gradients. */
async function exchanged(session: TrainingSession, parts: 'whole' | 'split' | 'shared'): Promise<object> {
  const { definition } = session;
  let state = initialState(session.model, definition);
  const losses: number[] = [];
  const shards = Array.from({ length: definition.shards }, (_, shard) => shard);
  for (let step = from; step < from + numSteps; step++) {
    const parameters = within('parameters', state);
    const stale = definition.staleness > 0 && definition.alpha < 1;
    const attacked = stale ? within(`history/${definition.staleness - 1}`, state) : parameters;
    const clean = [];
    const adversarial = [];
    const shardLosses: ShardLoss[] = [];
    for (const shard of shards) {
      if (parts === 'whole') {
        const pass = await session.pass('whole', parameters, step, shard, stale ? { attacked } : {});
        clean.push(pass.gradients);
        shardLosses.push(pass.loss);
        continue;
      }
      const adversarialX = await session.attack(attacked, step, shard);
      if (parts === 'shared') {
        const both = await session.pass('both', parameters, step, shard, { adversarialX });
        clean.push(both.gradients);
        shardLosses.push(both.loss);
        continue;
      }
      const second = await session.pass('adversarial', parameters, step, shard, { adversarialX });
      const first = await session.pass('clean', parameters, step, shard);
      clean.push(first.gradients);
      adversarial.push(second.gradients);
      shardLosses.push({ clean: first.loss.clean, adversarial: second.loss.adversarial });
    }
    losses.push(stepLoss(definition.alpha, shardLosses));
    state = await session.update(
      state,
      step,
      parts === 'split' ? { parts, clean, adversarial } : { parts: 'whole', whole: clean },
    );
  }
  return { bits: bitsOf(state), losses };
}

function bitsOf(state: TrainingState): string {
  const hash = createHash('sha256');
  for (const name of Object.keys(state).sort()) hash.update(name).update(Buffer.from(state[name]!.slice().buffer));
  return hash.digest('hex').slice(0, 16);
}
