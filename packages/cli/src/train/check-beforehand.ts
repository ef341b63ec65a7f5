import { definitionOf } from '@sparring/coordinator';
import type { DataSet } from '@sparring/data';
import { ConfigError, type ConfigFault, nearestName, type RunConfig } from '@sparring/runtime';
import { loadModel } from '@sparring/training';
import { oneThreadOnly } from '../host/index.js';

/**
 * Checks what shows only once the model is loaded, so that a wrong option is told before anything is trained or written.
 * @throws ConfigError with all faults; the error of a model that cannot be loaded
 */
export async function checkBeforehand(config: RunConfig, dataSet: DataSet): Promise<void> {
  const { parameters } = await loadModel(definitionOf(config).model, dataSet);
  const faults = [...decayFaults(config, Object.keys(parameters)), ...twinFaults(config)];
  if (faults.length > 0) throw new ConfigError(config.name, faults);
}

function decayFaults({ optimizer }: RunConfig, names: readonly string[]): ConfigFault[] {
  return (['l1', 'l2'] as const).flatMap((decay) =>
    Object.keys(optimizer[decay])
      .filter((name) => name !== '*' && !names.includes(name))
      .map((name) => {
        const meant = nearestName(name, names);
        return {
          path: `optimizer.${decay}`,
          got: JSON.stringify(name),
          takes: `"*" or parameters of the model: ${names.join(', ')}`,
          hint: meant === null ? null : `did you mean ${meant}?`,
        };
      }),
  );
}

/** A twin is trained first, on a thread of its own. */
function twinFaults({ engine, twin }: RunConfig): ConfigFault[] {
  const why = engine === 'auto' ? null : oneThreadOnly(engine);
  if (why === null || twin === null) return [];
  const takes = `null with engine ${engine}: ${why}, and a twin would have it`;
  return [{ path: 'twin', got: JSON.stringify(twin), takes, hint: '--set twin=false' }];
}
