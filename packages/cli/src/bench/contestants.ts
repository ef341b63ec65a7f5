import { definitionOf } from '@sparring/coordinator';
import { batchOrder, type DataSet, readBatch } from '@sparring/data';
import { type Arrays, compileGemmsOnly, type EngineName, gemmShapes } from '@sparring/engine';
import { resolveConfig } from '@sparring/runtime';
import { initialState, TrainingSession, within } from '@sparring/training';
import { bareStepProgram } from './bare-step.js';

/** Something to time: a call computes so many steps. */
export interface Contestant {
  call(): Promise<void>;
  close(): Promise<void>;
}

/** Steps a call. */
export const stepsPerCall = 8;

const layer = '{ units: 240, pieces: 5 }';
const bare = [
  `model={ kind: maxout, layers: [${layer}, ${layer}], init: { kind: uniform, range: .005 } }`,
  'shards=1',
  'optimizer={ learningRate: .1, momentum: 0 }',
];

export function openSession(engine: EngineName, dataSet: DataSet, set: readonly string[] = []) {
  const { config } = resolveConfig({ recipeOrFile: 'maxout-240', set });
  return TrainingSession.open({ engine, definition: definitionOf(config), dataSet, stepsPerCall });
}

/** The recipe as it stands: dropout, momentum, max-norm, two shards. */
export async function fullRecipe(engine: EngineName, dataSet: DataSet): Promise<Contestant> {
  const session = await openSession(engine, dataSet);
  let state = initialState(session.model, session.definition);
  let step = 0;
  return {
    call: async () => {
      ({ state } = await session.advance(state, step, stepsPerCall));
      step += stepsPerCall;
    },
    close: () => session.close(),
  };
}

/** The fused step alone, and the matrix products in it alone, both compiled for this engine. */
export async function bareStep(engine: EngineName, dataSet: DataSet) {
  const session = await openSession(engine, dataSet, bare);
  const { model, definition, recipe } = session;
  const program = bareStepProgram(recipe);
  const step = await session.engine.compile(program);
  const products = await compileGemmsOnly(session.engine, program);
  const productFeeds = products.feeds(stepsPerCall);

  const { train } = dataSet;
  const order = batchOrder({ seed: definition.seed, epoch: 0, size: train.size });
  const examples = stepsPerCall * definition.batch;
  const x = new Float32Array(examples * model.inputSize);
  const labels = new Int32Array(examples);
  const learningRate = new Float32Array(stepsPerCall).fill(0.1);
  const initial = initialState(model, definition);
  let parameters: Arrays = Object.fromEntries(program.scan!.state.map((name) => [name, initial[name]!]));
  let at = 0;
  const close = async () => {
    await step.dispose();
    await products.dispose();
    await session.close();
  };
  return {
    batch: definition.batch,
    parameters: Object.values(within('parameters', initial)).reduce((sum, { length }) => sum + length, 0),
    // A multiplication and an addition for each term of a product.
    flops: gemmShapes(program).reduce((sum, { m, k, n }) => sum + 2 * m * k * n, 0),
    numProducts: gemmShapes(program).length,
    step: {
      call: async () => {
        if (at + examples > train.size) at = 0;
        readBatch(train, order, at, at + examples, x, labels, 0);
        at += examples;
        const outputs = await step.run({ ...parameters, 'x/0': x, 'labels/0': labels, learningRate });
        parameters = Object.fromEntries(program.scan!.state.map((name) => [name, outputs[name]!]));
      },
      close,
    } satisfies Contestant,
    products: {
      call: async () => void (await products.run(productFeeds)),
      close: async () => {},
    } satisfies Contestant,
  };
}
