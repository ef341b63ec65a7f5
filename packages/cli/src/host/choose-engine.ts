import { definitionOf } from '@sparring/coordinator';
import type { DataSet } from '@sparring/data';
import { type EngineName, listEngines, openEngine } from '@sparring/engine';
import type { RunConfig } from '@sparring/runtime';
import { initialState, TrainingSession } from '@sparring/training';

export interface EngineChoice {
  readonly engine: EngineName;
  readonly reason: string;
}

/** Engines that may beat `onnx:cpu`, where they are present. */
const contenders: readonly EngineName[] = ['onnx:cuda', 'onnx:webgpu', 'tfjs:tensorflow'];

/**
 * The engine of a run. `auto` is `onnx:cpu` where there is nothing else; where a GPU or the native TensorFlow binding is
 * present, some of the run's own steps are timed on each and the fastest is taken.
 * @throws EngineUnavailable when the one asked for cannot be had: what is missing, and how to get it.
 */
export async function chooseEngine(config: RunConfig, dataSet: DataSet): Promise<EngineChoice> {
  if (config.engine !== 'auto') {
    await openEngine(config.engine);
    return { engine: config.engine, reason: 'as configured' };
  }
  const present = (await listEngines()).filter(
    ({ name, available, software }) => contenders.includes(name) && available && !software,
  );
  if (present.length === 0) {
    return { engine: 'onnx:cpu', reason: 'the fastest on a processor; no GPU and no native TensorFlow here' };
  }
  const timed: { engine: EngineName; ms: number }[] = [];
  for (const engine of ['onnx:cpu' as const, ...present.map(({ name }) => name)]) {
    timed.push({ engine, ms: await millisecondsPerStep(engine, config, dataSet) });
  }
  timed.sort((a, b) => a.ms - b.ms);
  const times = timed.map(({ engine, ms }) => `${engine} ${ms.toFixed(1)} ms`).join(', ');
  return { engine: timed[0]!.engine, reason: `fastest of a few steps: ${times}` };
}

async function millisecondsPerStep(engine: EngineName, config: RunConfig, dataSet: DataSet): Promise<number> {
  const definition = definitionOf(config);
  const { stepsPerCall } = config;
  const session = await TrainingSession.open({ engine, definition, dataSet, stepsPerCall });
  try {
    const warm = await session.advance(initialState(session.model, definition), 0, stepsPerCall);
    const startedAt = performance.now();
    await session.advance(warm.state, stepsPerCall, 2 * stepsPerCall);
    return (performance.now() - startedAt) / (2 * stepsPerCall);
  } catch {
    return Number.POSITIVE_INFINITY;
  } finally {
    await session.close();
  }
}
