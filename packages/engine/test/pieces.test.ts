import { type Arrays, type Engine, openEngine, type Program, piece, type Tensors, tf } from '../dist/index.js';
import { trace } from '../dist/tracing/trace.js';
import { parametersOf, piecesOf, stepProgram } from './networks.ts';
import { arraysFor, once, type Sample, specs } from './parity.ts';

const sizes = { batch: 100, inputs: 784, units: 80, pieces: 3, classes: 4 };
const m: Sample = { shape: [37, 600] }; // so long that a product is added up in several blocks
const w: Sample = { shape: [600, 29] };
const row: Sample = { shape: [29] };

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine('onnx:cpu');
});

async function results(samples: Record<string, Sample>, fn: Program['fn']): Promise<Arrays> {
  return (await once(engine, { name: 'program', inputs: specs(samples), fn }, arraysFor(samples))).results;
}

function ops(samples: Record<string, Sample>, fn: Program['fn']): string[] {
  return trace({ name: 'program', inputs: specs(samples), fn }).values.map(({ operation }) => operation.op);
}

describe('a piece alone gives the bits it gives within a whole step:', () => {
  const { pass, fgsm } = piecesOf(sizes);
  const names = Object.keys(parametersOf(sizes));
  const whole = stepProgram(sizes, false);
  const samples = Object.fromEntries(
    Object.entries(whole.inputs).map(([name, spec]): [string, Sample] => [
      name,
      { ...spec, low: name === 'y' ? 0 : -0.4, high: name === 'y' ? 4 : 0.4 },
    ]),
  );
  const arrays = arraysFor(samples);

  test('clean and adversarial passes, with most outputs dropped, against the fused step', async () => {
    const { fn } = whole;
    const seen = piece('seen', (loss: tf.Tensor) => tf.add(loss, 0));
    const fused = await once(
      engine,
      { ...whole, fn: (inputs) => ({ ...fn(inputs), seen: seen(fn(inputs).loss!) }) },
      arrays,
    );
    const { rate, ...without } = whole.inputs;
    const { rate: _, ...fed } = arrays;
    const attack: Program = {
      name: 'attack',
      inputs: without,
      fn: ({ x, y, ...parameters }) => ({ adversarial: fgsm(x!, pass(parameters, x!, y!).inputGradient) }),
    };
    const { adversarial } = (await once(engine, attack, fed)).results;
    const second: Program = {
      name: 'adversarial pass',
      inputs: without,
      fn: ({ x, y, ...parameters }) => {
        const { loss, gradients } = pass(parameters, x!, y!);
        return { loss, kernel: gradients[names[0]!]! };
      },
    };
    const split = (await once(engine, second, { ...fed, x: adversarial! })).results;
    expect(split.loss).toEqual(fused.results.adversarialLoss);
    expect((await once(engine, second, fed)).results.loss).toEqual(fused.results.loss);
  });

  test('each output alone against all of them', async () => {
    const { rate, ...inputs } = whole.inputs;
    const { rate: _, ...fed } = arrays;
    const outputsOf = ({ x, y, ...parameters }: Tensors): Tensors => {
      const { loss, inputGradient, gradients } = pass(parameters, x!, y!);
      return { loss, inputGradient, ...gradients };
    };
    const all = (await once(engine, { name: 'pass', inputs, fn: outputsOf }, fed)).results;
    for (const name of Object.keys(all)) {
      const one: Program = { name, inputs, fn: (given) => ({ [name]: outputsOf(given)[name]! }) };
      expect((await once(engine, one, fed)).results[name]).toEqual(all[name]);
    }
  });
});

describe('no pass crosses the edge of a piece:', () => {
  const product = piece('product', (a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, b));
  const biased = piece('biased', (a: tf.Tensor, b: tf.Tensor, c: tf.Tensor) => tf.add(tf.matMul(a, b), c));

  test('a bias is added within the product inside of a piece, and after it outside', () => {
    const samples = { a: m, b: w, c: row };
    expect(ops(samples, ({ a, b, c }) => ({ y: biased(a!, b!, c!) }))).not.toContain('Add');
    expect(ops(samples, ({ a, b, c }) => ({ y: tf.add(tf.matMul(a!, b!), c!) }))).not.toContain('Add');
    expect(ops(samples, ({ a, b, c }) => ({ y: tf.add(product(a!, b!), c!) }))).toContain('Add');
  });

  test('a product that is also an output keeps its own rounding', async () => {
    const both = piece('both', (a: tf.Tensor, b: tf.Tensor, c: tf.Tensor) => {
      const y = tf.matMul(a, b);
      return { y, sum: tf.add(y, c) };
    });
    const samples = { a: m, b: w, c: row };
    const whole = await results(samples, ({ a, b, c }) => both(a!, b!, c!));
    const pruned = await results(samples, ({ a, b, c }) => ({ sum: both(a!, b!, c!).sum }));
    expect(pruned.sum).toEqual(whole.sum);
    const outside = await results(samples, ({ a, b, c }) => ({ sum: tf.add(product(a!, b!), c!) }));
    expect(pruned.sum).toEqual(outside.sum);
  });

  test('fusing does change bits, so that these tests can fail', async () => {
    const samples = { a: m, b: w, c: row };
    const fused = await results(samples, ({ a, b, c }) => ({ y: biased(a!, b!, c!) }));
    const apart = await results(samples, ({ a, b, c }) => ({ y: tf.add(product(a!, b!), c!) }));
    expect(fused.y).not.toEqual(apart.y);
  });

  test('equal work in two calls is done twice, within one call once', () => {
    const count = (fn: Program['fn']) => ops({ a: m, b: w }, fn).filter((op) => op === 'Gemm').length;
    expect(count(({ a, b }) => ({ y: tf.add(product(a!, b!), product(a!, b!)) }))).toBe(2);
    expect(count(({ a, b }) => ({ y: tf.add(tf.matMul(a!, b!), tf.matMul(a!, b!)) }))).toBe(1);
  });

  test('one value given twice is rounded as two values are', async () => {
    const two = piece('two', (a: tf.Tensor, d: tf.Tensor, b: tf.Tensor, c: tf.Tensor) => ({
      sum: tf.add(tf.matMul(a, b), c),
      plain: tf.matMul(d, b),
    }));
    const samples = { a: m, d: m, b: w, c: row };
    const fed = arraysFor(samples);
    const program = (fn: Program['fn']): Program => ({ name: 'two', inputs: specs(samples), fn });
    const same = await once(
      engine,
      program(({ a, b, c }) => ({ y: two(a!, a!, b!, c!).sum })),
      fed,
    );
    const other = await once(
      engine,
      program(({ a, d, b, c }) => ({ y: two(a!, d!, b!, c!).sum })),
      fed,
    );
    expect(same.results.y).toEqual(other.results.y);
  });

  test('a constant given as an argument is rounded as an input is', async () => {
    const samples = { a: m, b: w, c: row };
    const fed = { ...arraysFor(samples), c: new Float32Array(29).fill(0.7) };
    const program = (fn: Program['fn']): Program => ({ name: 'constant', inputs: specs(samples), fn });
    const given = await once(
      engine,
      program(({ a, b, c }) => ({ y: biased(a!, b!, c!) })),
      fed,
    );
    const constant = await once(
      engine,
      program(({ a, b }) => ({ y: biased(a!, b!, tf.fill([29], 0.7)) })),
      fed,
    );
    expect(constant.results.y).toEqual(given.results.y);
  });

  test('a captured tensor is rounded alike whether or not it was used before', async () => {
    await openEngine('tfjs:cpu');
    const captured = tf.fill([29], 0.7);
    const samples = { a: m, b: w };
    const add = piece('add', (a: tf.Tensor, b: tf.Tensor) => tf.add(tf.matMul(a, b), captured));
    const alone = await results(samples, ({ a, b }) => ({ y: add(a!, b!) }));
    const after = await results(samples, ({ a, b }) => ({ z: tf.square(captured), y: add(a!, b!) }));
    expect(after.y).toEqual(alone.y);
    captured.dispose();
  });

  test('pieces nest, walk arrays and objects, and hand on anything else', async () => {
    const inner = piece('inner', (parts: { list: tf.Tensor[]; factor: number }) =>
      tf.mul(tf.addN(parts.list), parts.factor),
    );
    const outer = piece('outer', (a: tf.Tensor, scale: (x: tf.Tensor) => tf.Tensor) => [
      scale(inner({ list: [a, a], factor: 2 })),
    ]);
    const { y, a } = await results({ a: m }, (inputs) => ({
      y: outer(inputs.a!, (x) => tf.mul(x, inputs.a!))[0]!,
      a: tf.mul(4, tf.square(inputs.a!)),
    }));
    expect(y).toEqual(a);
  });

  test('gradients flow through a piece', async () => {
    const square = piece('square', (x: tf.Tensor) => tf.square(x));
    const { g } = await results({ x: { shape: [3], low: 1, high: 1 } }, ({ x }) => ({
      g: tf.grad((v: tf.Tensor) => tf.sum(tf.add(square(v), v)))(x!),
    }));
    expect(g).toEqual(Float32Array.of(3, 3, 3));
  });
});
