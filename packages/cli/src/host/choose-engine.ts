import { definitionOf } from '@sparring/coordinator';
import type { DataSet } from '@sparring/data';
import { type EngineName, EngineUnavailable, listEngines, openEngine } from '@sparring/engine';
import type { RunConfig } from '@sparring/runtime';
import { initialState, TrainingSession } from '@sparring/training';

export interface EngineChoice {
  readonly engine: EngineName;
  readonly reason: string;
}

/** Engines that may beat `onnx:cpu`, where they are present. */
const contenders: readonly EngineName[] = ['onnx:cuda', 'onnx:webgpu'];

/**
 * The engine of a run. `auto` is `onnx:cpu` where there is nothing else; where a GPU is present, some of the run's own steps are
 * timed on each and the fastest is taken. The native TensorFlow binding is taken only when it is asked for: it loads in one thread
 * of a process, so to time it here would keep it from the thread that is to train.
 * @throws EngineUnavailable when the one asked for cannot be had: what is missing, and how to get it.
 */
export async function chooseEngine(config: RunConfig, dataSet: DataSet): Promise<EngineChoice> {
  if (config.engine !== 'auto') {
    if (config.engine === 'tfjs:tensorflow') await requireUnopened(config.engine);
    else await openEngine(config.engine);
    return { engine: config.engine, reason: 'as configured' };
  }
  const present = (await listEngines()).filter(
    ({ name, available, software }) => contenders.includes(name) && available && !software,
  );
  if (present.length === 0) return { engine: 'onnx:cpu', reason: 'the fastest on a processor; no GPU here' };
  const timed: { engine: EngineName; ms: number }[] = [];
  for (const engine of ['onnx:cpu' as const, ...present.map(({ name }) => name)]) {
    timed.push({ engine, ms: await millisecondsPerStep(engine, config, dataSet) });
  }
  timed.sort((a, b) => a.ms - b.ms);
  const times = timed.map(({ engine, ms }) => (ms < never ? `${engine} ${ms.toFixed(1)} ms` : `${engine} failed`));
  return { engine: timed[0]!.engine, reason: `fastest of a few steps: ${times.join(', ')}` };
}

/** The same refusal as `openEngine`'s, from what a process of its own found out. */
async function requireUnopened(engine: EngineName): Promise<void> {
  const { available, detail, howToGet } = (await listEngines()).find(({ name }) => name === engine)!;
  if (!available) throw new EngineUnavailable(`${engine}: ${detail}. To get it: ${howToGet}`);
}

/** Of an engine that fails: it does not compute this run. A number, so that such engines sort last. */
const never = Number.MAX_VALUE;

async function millisecondsPerStep(engine: EngineName, config: RunConfig, dataSet: DataSet): Promise<number> {
  const definition = definitionOf(config);
  const { stepsPerCall } = config;
  let session: TrainingSession | undefined;
  try {
    session = await TrainingSession.open({ engine, definition, dataSet, stepsPerCall });
    const warm = await session.advance(initialState(session.model, definition), 0, stepsPerCall);
    const startedAt = performance.now();
    await session.advance(warm.state, stepsPerCall, 2 * stepsPerCall);
    return (performance.now() - startedAt) / (2 * stepsPerCall);
  } catch {
    return never;
  } finally {
    // What it leaves behind does not matter to a choice.
    await session?.close().catch(() => {});
  }
}
