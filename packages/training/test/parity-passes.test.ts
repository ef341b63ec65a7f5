import { difference } from './differences.ts';
import { attacks, models, openSession, small, trainedParameters } from './small-run.ts';

const masks = { FGSM: attacks.FGSM!, 'shared masks': attacks['FGSM, not clipped, the masks shared']! };

const table = Object.keys(models).flatMap((model) => Object.keys(masks).map((attack) => [model, attack] as const));

test.each(table)('the passes of %s under %s have the gradients that TensorFlow.js finds', async (model, attack) => {
  const definition = small({ model: models[model]!, attack: masks[attack as keyof typeof masks] });
  const [onnx, reference] = [await openSession('onnx:cpu', definition), await openSession('tfjs:cpu', definition)];
  const parameters = trainedParameters(reference);
  for (const shard of [0, 1]) {
    const adversarialX = await reference.attack(parameters, 3, shard);
    for (const part of ['clean', 'adversarial'] as const) {
      const at = part === 'clean' ? {} : { adversarialX };
      const got = await onnx.pass(part, parameters, 3, shard, at);
      const expected = await reference.pass(part, parameters, 3, shard, at);
      expect(difference(got.gradients, expected.gradients)).toBeLessThan(1e-6);
      const loss = (pass: typeof got) => [pass.loss.clean ?? pass.loss.adversarial!];
      expect(difference({ loss: loss(got) }, { loss: loss(expected) })).toBeLessThan(1e-6);
      expect(Math.max(...Object.values(expected.gradients).map(largest))).toBeGreaterThan(1e-3);
    }
  }
});

test('the whole pass is the clean and the adversarial pass together', async () => {
  const session = await openSession('onnx:cpu', small());
  const parameters = trainedParameters(session);
  const adversarialX = await session.attack(parameters, 3, 1);
  const [whole, clean, adversarial] = [
    await session.pass('whole', parameters, 3, 1),
    await session.pass('clean', parameters, 3, 1),
    await session.pass('adversarial', parameters, 3, 1, { adversarialX }),
  ];
  const mixed = Object.fromEntries(
    Object.entries(clean.gradients).map(([name, values]) => [
      name,
      values.map((value, i) => value + adversarial.gradients[name]![i]!),
    ]),
  );
  expect(difference(whole.gradients, mixed)).toBeLessThan(1e-6);
  expect(whole.loss).toEqual({ clean: clean.loss.clean, adversarial: adversarial.loss.adversarial });
});

function largest(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
