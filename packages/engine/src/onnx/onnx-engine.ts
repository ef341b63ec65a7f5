import ort from 'onnxruntime-node';
import type { Arrays, Engine, EngineName, Executable, TensorArray } from '../engine.js';
import { EngineError } from '../engine-error.js';
import { checkFeeds, planFeeds } from '../feeds.js';
import type { Program } from '../program.js';
import { type Graph, specOf, trace } from '../tracing/trace.js';
import { graphProto, inputName, outputName } from './graph-proto.js';
import { encodeModel } from './model-proto.js';
import { openSession, type Provider, runtimeVersion } from './session.js';

/** Traces a program once and runs it with ONNX Runtime on one thread. */
export class OnnxEngine implements Engine {
  readonly name: EngineName;
  readonly version: string;
  readonly #provider: Provider;

  constructor(provider: Provider) {
    this.name = `onnx:${provider}`;
    this.version = runtimeVersion;
    this.#provider = provider;
  }

  async compile(program: Program): Promise<Executable> {
    return this.compileGraph(trace(program));
  }

  /** `hoist`: compute what is the same in every step of a scan only once. */
  async compileGraph(graph: Graph, hoist = true): Promise<Executable> {
    const session = await openSession(encodeModel(graphProto(graph, hoist)), this.#provider);
    return new OnnxExecutable(graph, session);
  }
}

class OnnxExecutable implements Executable {
  readonly outputs: Executable['outputs'];
  readonly #graph: Graph;
  readonly #plan: ReturnType<typeof planFeeds>;
  readonly #session: ort.InferenceSession;
  #disposed = false;

  constructor(graph: Graph, session: ort.InferenceSession) {
    this.#graph = graph;
    this.#session = session;
    this.#plan = planFeeds(graph.program);
    this.outputs = Object.fromEntries(Object.entries(graph.outputs).map(([name, value]) => [name, specOf(value)]));
  }

  async run(arrays: Arrays): Promise<Arrays> {
    if (this.#disposed) throw new EngineError(`${this.#graph.program.name}: run after dispose`);
    const steps = checkFeeds(this.#plan, arrays);
    const feeds: Record<string, ort.Tensor> = {};
    for (const [name, { dtype, shape, stepped }] of this.#plan.inputs) {
      const dims = stepped ? [steps, ...shape] : shape;
      feeds[inputName(this.#graph, name)] = new ort.Tensor(
        dtype as 'float32',
        owned(arrays[name]!) as Float32Array,
        dims,
      );
    }
    const results = await this.#session.run(feeds);
    const fetched = Object.keys(this.outputs).map((name) => {
      const data = results[outputName(this.#graph, name)]!.data;
      return [name, data as TensorArray] as const;
    });
    return Object.fromEntries(fetched);
  }

  async dispose(): Promise<void> {
    if (this.#disposed) return;
    this.#disposed = true;
    await this.#session.release();
  }
}

/** ONNX Runtime takes no shared memory. */
function owned(array: TensorArray): TensorArray {
  return array.buffer instanceof SharedArrayBuffer ? array.slice() : array;
}
