import fc from 'fast-check';
import { packAdversarial, unpackAdversarial } from '../dist/index.js';
import { decodeSigns, encodeSigns } from '../dist/sign-coding.js';
import { attacks, openSession, small, trainedParameters } from './small-run.ts';

const spec = { epsilon: 0.07, clip: true, bounds: [0, 1] } as const;
const place = { step: 3, shard: 1 };

/** Two sessions of a run, as two workers have them, and the adversarial examples of the first. */
async function perturbed(attack: string, epsilon: number) {
  const definition = small({ attack: { ...attacks[attack]!, epsilon } });
  const [attacker, trainer] = [await openSession('onnx:cpu', definition), await openSession('onnx:cpu', definition)];
  const adversarialX = await attacker.attack(trainedParameters(attacker), place.step, place.shard);
  return { adversarialX, batch: await packAdversarial(attacker, place, adversarialX), trainer };
}

test.each(
  ['FGSM', 'FGSM, not clipped, the masks shared', 'FGSM on the predicted label'].flatMap((attack) =>
    [0.2, 0.07, 8 / 255].map((epsilon) => ({ attack, epsilon })),
  ),
)('what the engine makes of $attack at ε = $epsilon travels at two bits an input, to the bit', async (given) => {
  const { adversarialX, batch, trainer } = await perturbed(given.attack, given.epsilon);
  expect(batch).toEqual({ encoding: 'signs', codes: expect.any(Uint8Array) });
  if (batch.encoding === 'signs') expect(batch.codes.length).toBe(Math.ceil(adversarialX.length / 4));
  expect(bitsOf(await unpackAdversarial(trainer, place, batch))).toEqual(bitsOf(adversarialX));
});

test.each(['FGSM in L2', 'PGD'])('what %s makes travels as it is', async (attack) => {
  const { adversarialX, batch } = await perturbed(attack, 0.2);
  expect(batch).toEqual({ encoding: 'float32', examples: adversarialX });
});

test('codes are refused, or decode to the bits that were encoded, whatever these are', () => {
  const value = fc.oneof(fc.constantFrom(0, -0, 0.07, 0.14, 1, 0.93, Number.NaN), fc.float({ min: 0, max: 1 }));
  const moved = fc.constantFrom(0, spec.epsilon, -spec.epsilon, 0.01);
  fc.assert(
    fc.property(fc.array(fc.tuple(value, moved)), (inputs) => {
      const x = Float32Array.from(inputs, ([from]) => from);
      const adversarialX = Float32Array.from(inputs, ([from, by]) => Math.min(Math.max(from + by, 0), 1));
      const codes = encodeSigns(x, adversarialX, spec);
      if (codes) expect(bitsOf(decodeSigns(codes, x, spec))).toEqual(bitsOf(adversarialX));
    }),
  );
});

test('one input that was not moved by ε keeps the whole shard from being encoded', () => {
  const x = Float32Array.of(0, 0.5, 0.5);
  expect(encodeSigns(x, Float32Array.of(0, 0.57, 0.43), spec)).toEqual(Uint8Array.of(0b10_01_00));
  expect(encodeSigns(x, Float32Array.of(0, 0.57, 0.44), spec)).toBeNull();
  expect(encodeSigns(x, Float32Array.of(-0, 0.57, 0.43), spec)).toBeNull();
  expect(encodeSigns(x, Float32Array.of(Number.NaN, 0.57, 0.43), spec)).toBeNull();
});

test('codes of another number of inputs, or with a 3 among them, are refused', () => {
  const x = new Float32Array(8);
  expect(() => decodeSigns(new Uint8Array(3), x, spec)).toThrow('expected 2 bytes for 8 inputs, got 3');
  expect(() => decodeSigns(Uint8Array.of(0, 0b0011_0000), x, spec)).toThrow('got a 3');
});

function bitsOf({ buffer, byteOffset, byteLength }: Float32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
