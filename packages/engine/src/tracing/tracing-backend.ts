import { TracingError } from '../engine-error.js';
import { tf } from '../tensorflow.js';
import type { Inputs, Kernels } from './kernel.js';
import { kernels } from './kernels/index.js';
import { valueType } from './kernels/shape.js';
import { constant, expand, scalar } from './operations/elementwise.js';
import { recorder } from './recorder.js';
import type { Value } from './value.js';

/** Larger tensors that are no inputs are refused: their values, frozen, would be copied into the model. */
const largestConstant = 1024;

const randomOps = /^(rand|random\w*|truncatedNormal|multinomial|dropout)__op$/;

/** A TensorFlow.js backend that records what it is told to compute. Each tensor has a data id of its own, so nothing is ever aliased. */
export class TracingBackend extends tf.KernelBackend {
  #values = new WeakMap<object, Value>();
  /** What fn wrote itself is no secret: some of TensorFlow.js's own ops read it back. */
  #written = new WeakMap<object, tf.backend_util.TypedArray>();

  /** The tensor as a value of the scope being recorded. */
  value(tensor: tf.TensorInfo): Value {
    const known = this.#values.get(tensor.dataId);
    if (known) return recorder().local(known);
    return this.#capture(tensor);
  }

  info(value: Value): tf.TensorInfo {
    const dataId = {};
    this.#values.set(dataId, value);
    return { dataId, shape: [...value.shape], dtype: value.dtype as tf.DataType };
  }

  tensor(value: Value): tf.Tensor {
    return tf.engine().makeTensorFromTensorInfo(this.info(value), this);
  }

  override write(values: tf.backend_util.TypedArray, shape: number[], dtype: tf.DataType): object {
    const random = tf.engine().state.scopeStack.find(({ name }) => randomOps.test(name));
    if (random) {
      const op = random.name.replace('__op', '');
      throw new TracingError(`${op}: random numbers would be drawn once, while tracing; feed them as an input instead`);
    }
    const dataId = {};
    this.#values.set(dataId, constantOf(values, shape, dtype, 'made while tracing'));
    this.#written.set(dataId, values);
    return dataId;
  }

  override readSync(dataId: object): tf.backend_util.TypedArray {
    const written = this.#written.get(dataId);
    if (written) return written;
    throw new TracingError('a tensor was read (dataSync, arraySync, print …) while tracing: it has no value yet');
  }

  override async read(dataId: object): Promise<tf.backend_util.TypedArray> {
    return this.readSync(dataId);
  }

  override disposeData(dataId: object): boolean {
    this.#values.delete(dataId);
    return true;
  }

  override refCount(): number {
    return 1;
  }

  override incRef(): void {}

  override numDataIds(): number {
    return tf.engine().state.numDataBuffers;
  }

  override memory(): { unreliable: boolean } {
    return { unreliable: true };
  }

  override floatPrecision(): 16 | 32 {
    return 32;
  }

  override epsilon(): number {
    return 1e-7;
  }

  override timerAvailable(): boolean {
    return false;
  }

  override dispose(): void {}

  /**
   * Copies a tensor of another backend into the scope being recorded, and leaves it where it is. Not remembered: were it a stand-in
   * in one scope because another had used it before, passes would treat it differently.
   */
  #capture({ dataId, shape, dtype }: tf.TensorInfo): Value {
    const owner = tf.engine().state.tensorInfo.get(dataId)?.backend;
    if (!owner || owner === this) throw new TracingError('a tensor of an earlier trace, or a disposed one, was used');
    const values = owner.readSync(dataId) as tf.backend_util.TypedArray;
    return constantOf(values, shape, dtype, 'from outside of the function');
  }
}

/** Values that are all the same are one value, repeated. */
function constantOf(values: tf.TypedArray, shape: readonly number[], dtype: tf.DataType, origin: string): Value {
  const type = valueType(dtype);
  const first = Number(values[0]);
  if (values.length > 1 && values.every((value) => Object.is(Number(value), first)))
    return expand(scalar(first, type), shape);
  if (values.length > largestConstant) {
    throw new TracingError(
      `a tensor of shape [${shape.join(', ')}] ${origin} would be baked into the model ` +
        `(${values.length} elements, at most ${largestConstant} are): make it an input`,
    );
  }
  return constant(Array.from(values, Number), shape, type);
}

/** The kernel by which a tensor enters a piece. */
export const edgeKernel = 'PieceEdge';

/** Registers every kernel for the backend of that name. */
export function registerKernels(backendName: string): void {
  const all: Kernels = { ...kernels, [edgeKernel]: ({ x }) => recorder().edge(x) };
  tf.registerGradient({ kernelName: edgeKernel, gradFunc: (dy) => ({ x: () => dy as tf.Tensor }) });
  for (const [kernelName, kernel] of Object.entries(all)) {
    tf.registerKernel({
      kernelName,
      backendName,
      kernelFunc: ({ inputs, attrs, backend }) => {
        const tracing = backend as TracingBackend;
        const given = Object.entries(inputs).filter(([, tensor]) => tensor != null);
        const values = given.map(([name, tensor]) => [name, tracing.value(tensor as tf.TensorInfo)] as const);
        const list = values.map(([, value]) => value);
        const result = kernel(Object.fromEntries(values) as unknown as Inputs, attrs as never, list);
        return Array.isArray(result) ? result.map((value) => tracing.info(value)) : tracing.info(result);
      },
    });
  }
}
