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
const pass = (value: number, part: 'clean' | 'adversarial' | 'whole' | 'both'): Outputs['pass'] => ({
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

test('shared, a trainer takes whole the shards that nobody attacks, and both passes of those whose examples came', async () => {
  const { exchange, hire, goTo } = await open({ shards: 2 });
  goTo(5);
  const exchanged = exchange.shared(100);
  const [trainer, attacker] = [hire('trainer'), hire('attacker')];
  const attack = (await attacker.ask())!;
  const whole = (await trainer.ask())!;
  expect(attack.task).toEqual({ kind: 'attack', step: 5, shard: 0, parametersStep: 5 });
  expect(whole.task).toEqual({ kind: 'pass', part: 'whole', step: 5, shard: 1 });
  trainer.give(whole, pass(1, 'whole'));
  attacker.give(attack, examples(70));
  await settled();
  const both = (await trainer.ask())!;
  expect(both.task).toEqual({ kind: 'pass', part: 'both', step: 5, shard: 0 });
  expect(both.adversarial).toEqual(examples(70).adversarial);
  trainer.give(both, pass(0, 'both'));
  expect(await exchanged).toEqual({
    gradients: { parts: 'whole', whole: [pass(0, 'both').gradients, pass(1, 'whole').gradients] },
    losses: [pass(0, 'both').loss, pass(1, 'whole').loss],
  });
});

test('shared, attacks made ahead are used, and those that nobody began are the trainers’ too once their step has come', async () => {
  const { exchange, hire, goTo } = await open({ shards: 2, staleness: 1 });
  const [trainer, attacker] = [hire('trainer'), hire('attacker')];
  const first = exchange.shared(100);
  for (const shard of [0, 1]) {
    const whole = (await trainer.ask())!;
    expect(whole.task).toEqual({ kind: 'pass', part: 'whole', step: 0, shard });
    trainer.give(whole, pass(shard, 'whole'));
  }
  const ahead = (await attacker.ask())!;
  expect(ahead.task).toEqual({ kind: 'attack', step: 1, shard: 0, parametersStep: 0 });
  await first;
  goTo(1);
  const second = exchange.shared(100);
  const whole = (await trainer.ask())!;
  expect(whole.task).toEqual({ kind: 'pass', part: 'whole', step: 1, shard: 1 });
  trainer.give(whole, pass(1, 'whole'));
  attacker.give(ahead, examples(3));
  await settled();
  const both = (await trainer.ask())!;
  expect(both).toMatchObject({ task: { part: 'both', step: 1, shard: 0 }, adversarial: examples(3).adversarial });
  trainer.give(both, pass(0, 'both'));
  await second;
});

test('shared, the attack of an attacker that dies may be a trainer’s', async () => {
  const { exchange, hire } = await open({ shards: 1 });
  const exchanged = exchange.shared(100);
  const [trainer, attacker] = [hire('trainer'), hire('attacker')];
  const attack = (await attacker.ask())!;
  attacker.leave();
  const again = (await trainer.ask())!;
  expect(again.task).toEqual(attack.task);
  trainer.give(again, examples(1));
  await settled();
  const both = (await trainer.ask())!;
  expect(both.task).toMatchObject({ kind: 'pass', part: 'both' });
  trainer.give(both, pass(0, 'both'));
  await exchanged;
});

/** What has been returned has been passed on to whoever awaited it. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
