import type { DataSet } from '@sparring/data';
import { type EngineName, EngineUnavailable, engineStatus, openEngine } from '@sparring/engine';
import type { RunConfig } from '@sparring/runtime';
import { timeEngine } from './time-engine.js';

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
  const statuses = await Promise.all(contenders.map(engineStatus));
  const present = statuses.filter(({ available, software }) => available && !software);
  if (present.length === 0) return { engine: 'onnx:cpu', reason: 'the fastest on a processor; no GPU here' };
  const timed: { engine: EngineName; ms: number | null }[] = [];
  for (const engine of ['onnx:cpu' as const, ...present.map(({ name }) => name)]) {
    timed.push({ engine, ms: await timeEngine(engine, config, dataSet) });
  }
  // Those that fail do not compute this run.
  timed.sort((a, b) => (a.ms ?? Number.MAX_VALUE) - (b.ms ?? Number.MAX_VALUE));
  const times = timed.map(({ engine, ms }) => (ms === null ? `${engine} failed` : `${engine} ${ms.toFixed(1)} ms`));
  return { engine: timed[0]!.engine, reason: `fastest of a few steps: ${times.join(', ')}` };
}

/** The same refusal as `openEngine`'s, from what a process of its own found out. */
async function requireUnopened(engine: EngineName): Promise<void> {
  const { available, detail, howToGet } = await engineStatus(engine);
  if (!available) throw new EngineUnavailable(`${engine}: ${detail}. To get it: ${howToGet}`);
}
