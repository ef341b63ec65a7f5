import { type Tensors, tf } from '@sparring/engine/tensorflow';
import { requireDropout } from './dropout.js';
import type { Dropout, Model, ModelData, RandomSource } from './model.js';
import { probeRandom } from './probe-random.js';

/** What a user's file exports to bring its own model. */
export interface UserModule {
  /** Named in messages. */
  readonly name?: string;
  /** Masks wanted while training, none by default; `logits` multiplies by mask · scale itself. */
  readonly dropout?: readonly Dropout[];
  /** Initial parameters. Their names and shapes may depend on nothing but `inputSize` and `classes`. */
  init(context: {
    random: RandomSource;
    inputSize: number;
    classes: number;
    tf: typeof tf;
  }): Record<string, { shape: readonly number[]; values: Float32Array }>;
  /** x [B, inputSize] → logits [B, classes], in the ops of the `tf` given, `tf.relu(x)` and not `x.relu()`. */
  logits(context: { tf: typeof tf; parameters: Tensors; x: tf.Tensor2D; masks?: Tensors }): tf.Tensor2D;
}

/**
 * A user's own model, trained with the cross-entropy. `module` is what their file exports (or its default export).
 *
 * Calls `init` once, with throwaway numbers, to learn the parameters' shapes. Throws, naming the model, where an export is missing or
 * returns something else than it should; what `logits` returns is checked whenever it is called.
 */
export function fromUserModel(module: unknown, data: ModelData): Model {
  const { init, logits, name, dropout } = readModule(module);
  const { inputSize, classes } = data;
  const draw = (random: RandomSource) => readParameters(name, init({ random, inputSize, classes, tf }));
  const parameters = Object.fromEntries(
    Object.entries(draw(probeRandom())).map(([key, { shape }]) => [key, [...shape]]),
  );

  return {
    inputSize,
    classes,
    loss: 'crossEntropy',
    parameters,
    dropout,

    initialize(random) {
      const drawn = draw(random);
      const shapes = Object.fromEntries(Object.entries(drawn).map(([key, { shape }]) => [key, [...shape]]));
      if (JSON.stringify(shapes) !== JSON.stringify(parameters)) {
        throw new Error(
          `${name}: init returned ${JSON.stringify(parameters)} and then ${JSON.stringify(shapes)}: names and shapes may not change`,
        );
      }
      return Object.fromEntries(Object.entries(drawn).map(([key, { values }]) => [key, values]));
    },

    logits(values, x, masks) {
      const result: unknown = logits({ tf, parameters: values, x, ...(masks === undefined ? {} : { masks }) });
      if (!(result instanceof tf.Tensor)) {
        const hint = result instanceof Promise ? ' (it may not be async)' : '';
        throw new Error(`${name}: logits: expected a tensor [B, ${classes}], got ${describe(result)}${hint}`);
      }
      const expected = [x.shape[0], classes];
      if (result.shape.join() !== expected.join()) {
        throw new Error(`${name}: logits: expected [${expected.join(', ')}], got [${result.shape.join(', ')}]`);
      }
      return result as tf.Tensor2D;
    },
  };
}

function readModule(module: unknown): UserModule & { name: string; dropout: readonly Dropout[] } {
  if (typeof module !== 'object' || module === null) {
    throw new Error(`user model: expected an object that exports init and logits, got ${describe(module)}`);
  }
  const exported = module as Record<string, unknown>;
  const candidate = (exported.init === undefined && exported.default) || exported;
  const { init, logits, name, dropout } = candidate as Partial<UserModule>;
  const called = typeof name === 'string' ? `user model '${name}'` : 'user model';
  for (const [key, value] of Object.entries({ init, logits })) {
    if (typeof value === 'function') continue;
    throw new Error(`${called}: expected it to export a function ${key}, got ${describe(value)}`);
  }
  if (dropout !== undefined && !Array.isArray(dropout)) {
    throw new Error(`${called}: dropout: expected a list of { name, size, keep, scale }, got ${describe(dropout)}`);
  }
  for (const wanted of (dropout ?? []) as Partial<Dropout>[]) {
    if (typeof wanted?.name !== 'string' || !Number.isInteger(wanted.size) || wanted.size! < 1) {
      throw new Error(`${called}: dropout: expected { name, size, keep, scale }, got ${JSON.stringify(wanted)}`);
    }
    requireDropout(`${called}: dropout '${wanted.name}'`, wanted.keep!, wanted.scale!);
  }
  return { init: init!, logits: logits!, name: called, dropout: dropout ?? [] };
}

function readParameters(name: string, drawn: unknown): ReturnType<UserModule['init']> {
  if (typeof drawn !== 'object' || drawn === null || Object.keys(drawn).length === 0) {
    throw new Error(`${name}: init: expected parameters by name, got ${describe(drawn)}`);
  }
  for (const [key, parameter] of Object.entries(
    drawn as Record<string, { shape?: unknown; values?: unknown } | undefined>,
  )) {
    const { shape, values } = parameter ?? {};
    if (!Array.isArray(shape) || !shape.every((length) => Number.isInteger(length) && length > 0)) {
      throw new Error(
        `${name}: init: ${key}: expected shape to be a list of whole numbers above 0, got ${JSON.stringify(shape)}`,
      );
    }
    const size = shape.reduce((product, length) => product * length, 1);
    if (!(values instanceof Float32Array) || values.length !== size) {
      const got = values instanceof Float32Array ? `a Float32Array of ${values.length}` : describe(values);
      throw new Error(
        `${name}: init: ${key}: expected values to be a Float32Array of ${size} ([${shape.join(', ')}]), got ${got}`,
      );
    }
  }
  return drawn as ReturnType<UserModule['init']>;
}

function describe(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value !== 'object') return `${typeof value === 'string' ? 'the string ' : ''}${String(value)}`;
  const entries = Object.keys(value).length;
  return entries === 0
    ? `an empty ${value.constructor?.name ?? 'object'}`
    : `an object of ${entries} entries (${value.constructor?.name})`;
}
