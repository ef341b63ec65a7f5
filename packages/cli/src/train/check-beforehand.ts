import { definitionOf } from '@sparring/coordinator';
import type { DataSet } from '@sparring/data';
import { isTensorName, longestTensorName } from '@sparring/protocol';
import { ConfigError, type ConfigFault, nearestName, type RunConfig } from '@sparring/runtime';
import { loadModel, stateShapes } from '@sparring/training';
import { oneThreadOnly } from '../host/index.js';
import { tryLogits } from './try-logits.js';

/**
 * Checks what shows only once the model is loaded, so that a wrong option is told before anything is trained or written.
 * @throws ConfigError with all faults; the error of a model that cannot be loaded, or does not compute
 */
export async function checkBeforehand(config: RunConfig, dataSet: DataSet): Promise<void> {
  const definition = definitionOf(config);
  const model = await loadModel(definition.model, dataSet);
  const names = Object.keys(model.parameters);
  const tensors = Object.keys(stateShapes(model, definition));
  const faults = [...nameFaults(names, tensors), ...decayFaults(config, names), ...twinFaults(config)];
  if (faults.length > 0) throw new ConfigError(config.name, faults);
  if (definition.model.kind === 'file') {
    const batch = definition.batch / definition.shards;
    tryLogits(definition.model.path, model, { batch, engine: config.engine });
  }
}

/** Parameters travel by name, and so does the whole state, whose names have a prefix before each parameter's. */
function nameFaults(names: readonly string[], tensors: readonly string[]): ConfigFault[] {
  const longestOf = (all: readonly string[]) => Math.max(...all.map((name) => name.length));
  const room = longestTensorName - (longestOf(tensors) - longestOf(names));
  const takes = `parameters whose names have 1 to ${room} characters, no control characters among them`;
  return names
    .filter((name) => name.length > room || !isTensorName(name))
    .map((name) => {
      const shown = JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name);
      return { path: 'model', got: `a parameter ${shown} of ${name.length} characters`, takes, hint: null };
    });
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
