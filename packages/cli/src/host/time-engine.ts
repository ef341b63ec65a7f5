import { definitionOf } from '@sparring/coordinator';
import type { DataSet } from '@sparring/data';
import type { EngineName } from '@sparring/engine';
import { ComputeThread, type RunConfig } from '@sparring/runtime';
import type { SessionOptions } from '@sparring/training';

/**
 * Milliseconds that a run's step takes on an engine; null where that cannot compute the run. On a thread of its own, as trainers compute:
 * a coordinator must say twice a second that it is there.
 */
export async function timeEngine(engine: EngineName, config: RunConfig, dataSet: DataSet): Promise<number | null> {
  const thread = new ComputeThread(new URL('./timing-thread.js', import.meta.url));
  const { stepsPerCall } = config;
  try {
    return await thread.call<number>('time', {
      engine,
      definition: definitionOf(config),
      dataSet,
      stepsPerCall,
    } satisfies SessionOptions);
  } catch {
    return null;
  } finally {
    await thread.destroy();
  }
}
