import type { Outputs, Task } from '@sparring/protocol';
import { initialState, loadModel, type TrainingDefinition } from '@sparring/training';
import { Exchange } from '../dist/training/exchange.js';
import { StateKeeper } from '../dist/training/state-keeper.js';
import { smallData } from './small-data.ts';
import { smallDefinition } from './small-definition.ts';
import { openDesk } from './worker-at-desk.ts';

/** An exchange of a small run, whose keeper goes to any step. */
async function open(given: Partial<TrainingDefinition>) {
  const definition = smallDefinition(given);
  const dataSet = await smallData();
  const model = await loadModel(definition.model, dataSet);
  const state = initialState(model, definition);
  const keeper = new StateKeeper({ engine: 'onnx:cpu', definition, dataSet, stepsPerCall: 1 }, 0, state);
  const office = openDesk();
  const goTo = (step: number) => keeper.adopt(step, state);
  return { ...office, goTo, exchange: new Exchange(office.desk, keeper, definition) };
}

const examples = (value: number): Outputs['attack'] => ({
  adversarial: { encoding: 'float32', examples: Float32Array.of(value) },
});
const pass = (value: number, part: 'clean' | 'adversarial' | 'whole'): Outputs['pass'] => ({
  gradients: { bias: Float32Array.of(value) },
  loss: { clean: part === 'adversarial' ? null : value, adversarial: part === 'clean' ? null : -value },
});

test('fused, every shard is one task, and the results are in the order of the shards whoever came first', async () => {
  const { exchange, hire, goTo } = await open({ shards: 2 });
  goTo(5);
  const exchanged = exchange.fused();
  const [one, two] = [hire('trainer'), hire('trainer')];
  const leases = [(await one.ask())!, (await two.ask())!];
  expect(leases.map(({ task }) => task)).toEqual(
    [0, 1].map((shard) => ({ kind: 'pass', part: 'whole', step: 5, shard })),
  );
  two.give(leases[1]!, pass(1, 'whole'));
  one.give(leases[0]!, pass(0, 'whole'));
  expect(await exchanged).toEqual({
    gradients: { parts: 'whole', whole: [pass(0, 'whole').gradients, pass(1, 'whole').gradients] },
    losses: [pass(0, 'whole').loss, pass(1, 'whole').loss],
  });
});

test('split, attacks and clean passes are made side by side, and an adversarial pass follows its attack', async () => {
  const { exchange, hire, goTo } = await open({ shards: 2 });
  goTo(5);
  const exchanged = exchange.split(100);
  const [trainer, attacker] = [hire('trainer'), hire('attacker')];
  const attack = (await attacker.ask())!;
  const clean = (await trainer.ask())!;
  expect(attack.task).toEqual({ kind: 'attack', step: 5, shard: 0, parametersStep: 5 });
  expect(clean.task).toEqual({ kind: 'pass', part: 'clean', step: 5, shard: 0 });
  attacker.give(attack, examples(70));
  trainer.give(clean, pass(0, 'clean'));
  await settled();
  const adversarial = (await trainer.ask())!;
  expect(adversarial.task).toEqual({ kind: 'pass', part: 'adversarial', step: 5, shard: 0 });
  expect(adversarial.adversarial).toEqual(examples(70).adversarial);
  trainer.give(adversarial, pass(0, 'adversarial'));
  attacker.give((await attacker.ask())!, examples(71));
  for (let left = 2; left > 0; left--) {
    await settled();
    const lease = (await trainer.ask())!;
    trainer.give(lease, pass(1, (lease.task as Task & { part: 'clean' | 'adversarial' }).part));
  }
  expect((await exchanged).losses).toEqual([
    { clean: 0, adversarial: -0 },
    { clean: 1, adversarial: -1 },
  ]);
});

test('split, a pass that is leased again finds the examples of its attack again', async () => {
  const { exchange, hire } = await open({ shards: 1 });
  void exchange.split(100);
  const [dying, trainer, attacker] = [hire('trainer'), hire('trainer'), hire('attacker')];
  dying.give((await dying.ask())!, pass(0, 'clean'));
  attacker.give((await attacker.ask())!, examples(7));
  await settled();
  const lost = (await dying.ask())!;
  dying.leave();
  const again = (await trainer.ask())!;
  expect(again.task).toEqual(lost.task);
  expect(again.adversarial).toEqual(examples(7).adversarial);
});

test('with staleness attacks run ahead, each against the parameters of so many steps earlier, and none past the end', async () => {
  const { exchange, hire, goTo } = await open({ shards: 1, staleness: 2 });
  const attacker = hire('attacker');
  const trainer = hire('trainer');
  const attacks: object[] = [];
  for (let step = 0; step < 4; step++) {
    goTo(step);
    const exchanged = exchange.split(3);
    await settled();
    // Those that lie ready; asking for one more would wait.
    for (let ready = [3, 1, 0, 0][step]!; ready > 0; ready--) {
      const lease = (await attacker.ask())!;
      attacks.push(lease.task);
      attacker.give(lease, examples(1));
    }
    for (const part of ['clean', 'adversarial'] as const) {
      await settled();
      const lease = (await trainer.ask())!;
      expect(lease.task).toMatchObject({ kind: 'pass', step });
      trainer.give(lease, pass(1, part));
    }
    await exchanged;
  }
  expect(attacks).toEqual(
    [0, 1, 2, 3].map((step) => ({ kind: 'attack', step, shard: 0, parametersStep: Math.max(0, step - 2) })),
  );
});

/** What has been returned has been passed on to whoever awaited it. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
