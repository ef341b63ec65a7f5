import ort from 'onnxruntime-node';
import { exportOnnx, openEngine, type Program, tf } from '../dist/index.js';
import { logits, parametersOf, small } from './networks.ts';
import { arraysFor, difference, once, type Sample } from './parity.ts';

interface Net {
  readonly name: string;
  readonly parameters: Record<string, Sample>;
  readonly example: readonly number[];
  readonly fn: Program['fn'];
}

const nets: Net[] = [
  {
    name: 'maxout',
    parameters: parametersOf(small),
    example: [small.inputs],
    fn: ({ x, ...parameters }) => ({
      logits: logits(parameters, x!, small),
      probabilities: tf.softmax(logits(parameters, x!, small)),
    }),
  },
  {
    name: 'convolutional',
    parameters: { kernel: { shape: [3, 3, 1, 4] }, dense: { shape: [4 * 4 * 4, 10] } },
    example: [8, 8, 1],
    fn: ({ x, kernel, dense }) => {
      const images = tf.relu(tf.conv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, 1, 'same'));
      const pooled = tf.maxPool(images as tf.Tensor4D, 2, 2, 'valid');
      return { logits: tf.matMul(tf.reshape(pooled, [x!.shape[0]!, -1]), dense!) };
    },
  },
  {
    name: 'filled',
    parameters: { w: { shape: [5] } },
    example: [5],
    fn: ({ x, w }) => {
      const ones = tf.ones([x!.shape[0]!, 2]);
      return {
        logits: tf.concat([tf.mul(x!, w!), ones, tf.slice(x!, [0, 1], [x!.shape[0]!, 2])], 1),
        first: tf.argMax(x!, 1),
      };
    },
  },
];

const program = ({ name, parameters, example, fn }: Net, batch: number): Program => ({
  name,
  inputs: {
    ...Object.fromEntries(
      Object.entries(parameters).map(([key, { shape }]) => [key, { shape, dtype: 'float32' }] as const),
    ),
    x: { shape: [batch, ...example], dtype: 'float32' },
  },
  fn,
});

describe.each(nets)('an exported $name net', (net) => {
  const constants = arraysFor(net.parameters);

  test.each([1, 7, 1000])('gives what the program gives, for a batch of %i', async (batch) => {
    const model = exportOnnx(program(net, 100), constants);
    const session = await ort.InferenceSession.create(model);
    const { x } = arraysFor({ x: { shape: [batch, ...net.example] } });
    const results = await session.run({ x: new ort.Tensor('float32', x as Float32Array, [batch, ...net.example]) });
    const expected = await once(await openEngine('onnx:cpu'), program(net, batch), { ...constants, x: x! });
    expect(Object.keys(results).sort()).toEqual(Object.keys(expected.results).sort());
    const arrays = Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, data as Float32Array]));
    expect(difference(arrays, expected.results)).toBeLessThan(2e-6);
    await session.release();
  });

  test('names its batch axis, and takes nothing but examples', async () => {
    const session = await ort.InferenceSession.create(exportOnnx(program(net, 3), constants));
    expect(session.inputMetadata).toMatchObject([{ name: 'x', shape: ['batch', ...net.example], type: 'float32' }]);
    for (const output of session.outputMetadata)
      expect(output).toMatchObject({ shape: expect.arrayContaining(['batch']) });
    await session.release();
  });
});

describe('a program is not exported that', () => {
  const x = { shape: [10, 3], dtype: 'float32' } as const;
  const w = { shape: [3], dtype: 'float32' } as const;
  const net = (fn: Program['fn'], rest: Partial<Program> = {}): Program => ({
    name: 'net',
    inputs: { x },
    fn,
    ...rest,
  });

  test('uses the size of the batch as a number', () => {
    expect(() =>
      exportOnnx(
        net((i) => ({ y: tf.div(i.x!, i.x!.shape[0]!) })),
        {},
      ),
    ).toThrow(/^net: what is computed depends on the batch size by more than its shapes/);
  });

  test('gives a size that follows from the batch but is not it', () => {
    expect(() =>
      exportOnnx(
        net((i) => ({ y: tf.reshape(i.x!, [-1]) })),
        {},
      ),
    ).toThrow('net: axis 0 of y changes with the batch size but is not it: it cannot be exported');
  });

  test('has two inputs without constants, or constants of the wrong size', () => {
    const two = net((i) => ({ y: tf.mul(i.x!, i.w!) }), { inputs: { x, w } });
    expect(() => exportOnnx(two, {})).toThrow(/left are: x, w$/);
    expect(() => exportOnnx(two, { w: new Float32Array(2) })).toThrow(
      'w: expected float32 [3], got float32 of 2 elements',
    );
  });

  test('has a scan', () => {
    const scan = { state: [], sequence: ['x'] };
    expect(() =>
      exportOnnx(
        net((i) => ({ y: i.x! }), { scan }),
        {},
      ),
    ).toThrow('net: a program with a scan cannot be exported');
  });
});
