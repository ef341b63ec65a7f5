import type { PieceTracer } from '../piece.js';
import { tf } from '../tensorflow.js';
import type { Recorder } from './recorder.js';
import { edgeKernel, type TracingBackend } from './tracing-backend.js';

/** Gives each call of a piece a scope of its own, which sees its arguments as unrelated opaque values. */
export class PieceRecorder implements PieceTracer {
  readonly #recorder: Recorder;
  readonly #backend: TracingBackend;

  constructor(recorder: Recorder, backend: TracingBackend) {
    this.#recorder = recorder;
    this.#backend = backend;
  }

  call(name: string, fn: (...args: unknown[]) => unknown, args: unknown[]): unknown {
    this.#recorder.open(name);
    try {
      const result = fn(...args.map((arg) => mapTensors(arg, (tensor) => this.#enter(tensor))));
      mapTensors(result, (tensor) => {
        this.#backend.value(tensor).uses++;
        return tensor;
      });
      this.#recorder.close();
      return result;
    } catch (error) {
      this.#recorder.abandon();
      throw error;
    }
  }

  #enter(tensor: tf.Tensor): tf.Tensor {
    return tf.engine().runKernel(edgeKernel, { x: tensor }) as tf.Tensor;
  }
}

/** Walks arrays and plain objects; anything else is handed on as it is. */
function mapTensors(value: unknown, map: (tensor: tf.Tensor) => tf.Tensor): unknown {
  if (value instanceof tf.Tensor) return map(value);
  if (Array.isArray(value)) return value.map((item) => mapTensors(item, map));
  if (typeof value !== 'object' || value === null) return value;
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTensors(item, map)]));
}
