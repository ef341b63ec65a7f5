import { existsSync, statSync } from 'node:fs';
import { type ConfigFault, showValue } from './config-error.js';
import type { ModelPlaces } from './model-places.js';
import { fileHash } from './model-section.js';
import type { RunConfig } from './run-config.js';

/** A fault between options; it is only worth telling where all of `involves` were themselves in order. */
export interface CrossFault extends ConfigFault {
  readonly involves: readonly string[];
}

/**
 * What no single option can know: faults of options that do not fit each other, or of files that are not there, or that may not be
 * loaded from where they are.
 */
export function crossFaults(config: RunConfig, places: ModelPlaces | null): CrossFault[] {
  return [
    ...batchFaults(config),
    ...replicaFaults(config),
    ...attackFaults(config),
    ...modelFaults(config, places),
    ...dataFaults(config),
    ...scheduleFaults(config),
    ...probeFaults(config),
  ];
}

function batchFaults({ batch, shards, replicas, data }: RunConfig): CrossFault[] {
  const faults: CrossFault[] = [];
  if (batch % shards !== 0) {
    const takes = `a number that divides batch (${batch})`;
    faults.push(fault('shards', shards, takes, `${nearestDivisor(batch, shards)} does`, ['batch']));
  }
  const train = knownTrainSize(data);
  const tooMany = train === null ? null : tooManyExamples(batch, replicas, train);
  if (tooMany) faults.push(fault(tooMany.path, tooMany.got, tooMany.takes, null, ['batch', 'replicas', 'data']));
  return faults;
}

/** The option by which a step takes more examples than the training split has; null where it does not. */
export function tooManyExamples(batch: number, replicas: number, train: number) {
  if (batch > train) return { path: 'batch', got: batch, takes: `at most the ${train} examples of the training split` };
  if (batch * replicas <= train) return null;
  const most = Math.floor(train / batch);
  const takes = `at most ${most}: each takes ${batch} of the ${train} examples of the training split in a step`;
  return { path: 'replicas', got: replicas, takes };
}

function replicaFaults({ replicas, localSteps, staleness, maxGradientNorm }: RunConfig): CrossFault[] {
  if (replicas === 1) return [];
  const faults: CrossFault[] = [];
  if (localSteps === null) {
    const takes = `a whole number of at least 1 where there are ${replicas} replicas`;
    faults.push(fault('localSteps', localSteps, takes, 'for example --set localSteps=64', ['replicas']));
  }
  if (staleness > 0) {
    const hint = 'each replica attacks its own newest parameters';
    faults.push(fault('staleness', staleness, `0 where there are ${replicas} replicas`, hint, ['replicas']));
  }
  if (maxGradientNorm !== null) {
    const hint = 'replicas return parameters, not gradients';
    faults.push(
      fault('maxGradientNorm', maxGradientNorm, `null where there are ${replicas} replicas`, hint, ['replicas']),
    );
  }
  return faults;
}

function attackFaults({ attack }: RunConfig): CrossFault[] {
  const faults: CrossFault[] = [];
  const [least, most] = attack.bounds;
  if (!(least < most)) faults.push(fault('attack.bounds', attack.bounds, 'the least value, then the most', null, []));
  if (attack.kind === 'pgd') return faults;
  const hint = 'kind: pgd takes smaller steps, more of them, or a random start';
  const involves = ['attack.kind', 'attack.epsilon'];
  if (attack.iterations !== 1) faults.push(fault('attack.iterations', attack.iterations, '1 for fgsm', hint, involves));
  if (attack.stepSize !== attack.epsilon) {
    faults.push(fault('attack.stepSize', attack.stepSize, `epsilon (${attack.epsilon}) for fgsm`, hint, involves));
  }
  if (attack.randomStart) faults.push(fault('attack.randomStart', true, 'false for fgsm', hint, involves));
  return faults;
}

function modelFaults({ model, data }: RunConfig, places: ModelPlaces | null): CrossFault[] {
  const elsewhere = places?.fault(model);
  if (elsewhere) return [{ ...elsewhere, involves: ['model'] }];
  switch (model.kind) {
    case 'softmax':
      return [];
    case 'logistic': {
      const classes = data.classes?.length ?? data.synthetic?.classes ?? (data.set === 'mnist' ? 10 : 2);
      if (classes === 2) return [];
      const hint = 'for example --set data.classes=[3,7]';
      return [fault('data.classes', data.classes, 'two classes for the logistic model', hint, ['model', 'data'])];
    }
    case 'file':
      return moduleFaults(model.path, model.sha256);
    default:
      return [
        ...scaleFaults('model.input', 'Keep', 'Scale', model.inputKeep, model.inputScale),
        ...model.layers.flatMap((layer, n) =>
          scaleFaults(`model.layers.${n}.`, 'keep', 'scale', layer.keep, layer.scale),
        ),
      ];
  }
}

function moduleFaults(path: string, sha256: string): CrossFault[] {
  const hash = fileHash(path);
  const takes = 'the path of a JavaScript module that can be read, of 4 MB at most';
  if (hash === '') return [fault('model', path, takes, 'no such file', [])];
  if (hash === sha256) return [];
  // Whoever names a path must not learn the hash of what lies there.
  return [fault('model', path, 'the module as it was when its hash was written', 'the file has changed since', [])];
}

function scaleFaults(prefix: string, keepKey: string, scaleKey: string, keep: number, scale: number): CrossFault[] {
  if (keep < 1 || scale === 1) return [];
  return [fault(prefix + scaleKey, scale, `1 where ${prefix}${keepKey} is 1`, null, [prefix + keepKey])];
}

function dataFaults({ data, earlyStop, retrain }: RunConfig): CrossFault[] {
  const faults: CrossFault[] = [];
  const add = (path: string, got: unknown, takes: string, hint: string | null = null, involves: string[] = []) =>
    faults.push(fault(path, got, takes, hint, involves));
  if (data.set === 'folder' && data.folder === undefined) {
    add('data.folder', data.folder, 'the path of a folder of IDX files', null, ['data.set']);
  }
  if (data.set !== 'folder' && data.folder !== undefined) {
    add('data.set', data.set, 'folder, where data.folder is given', null, ['data.folder']);
  } else if (data.folder !== undefined && !isFolder(data.folder)) {
    add('data.folder', data.folder, 'the path of a folder of IDX files', 'no such folder');
  }
  if (data.classes && new Set(data.classes).size !== data.classes.length) {
    add('data.classes', data.classes, 'a list of at least two different labels');
  }
  const available = trainingFileSize(data);
  const involves = ['data.set', 'data.synthetic', 'data.validation'];
  if (available !== null && data.validation >= available) {
    add('data.validation', data.validation, `fewer than the ${available} training examples there are`, null, involves);
  } else if (available !== null && (data.limit ?? 0) > available - data.validation) {
    add('data.limit', data.limit, `at most the ${available - data.validation} of the training split`, null, involves);
  }
  if (earlyStop !== null && data.validation === 0) {
    add('data.validation', 0, 'at least 1 where training stops early', null, ['earlyStop']);
  }
  if (retrain && earlyStop === null) {
    const hint = 'how long to train again is what the early stop finds';
    add('retrain', true, 'false where training does not stop early', hint, ['earlyStop']);
  }
  return faults;
}

function scheduleFaults({ optimizer }: RunConfig): CrossFault[] {
  return (['learningRate', 'momentum'] as const).flatMap((name) => {
    const schedule = optimizer[name];
    if (!('fromEpoch' in schedule) || schedule.fromEpoch < schedule.toEpoch) return [];
    const path = `optimizer.${name}.fromEpoch`;
    return [fault(path, schedule.fromEpoch, `less than toEpoch (${schedule.toEpoch})`, null, ['epochs'])];
  });
}

function probeFaults({ probeEvery, onCollapse, retrain, data }: RunConfig): CrossFault[] {
  if (probeEvery === null) {
    if (onCollapse === 'warn') return [];
    const hint = 'for example --set probeEvery=200';
    return [fault('onCollapse', onCollapse, 'warn where probeEvery is null: nothing is probed', hint, ['probeEvery'])];
  }
  if (data.validation === 0) {
    return [fault('data.validation', 0, 'at least 1 where robustness is probed', null, ['probeEvery'])];
  }
  if (!retrain || onCollapse === 'warn') return [];
  const hint = 'the second training holds nothing back, so it cannot be probed';
  return [fault('onCollapse', onCollapse, 'warn where the net is trained anew (retrain)', hint, ['retrain'])];
}

function fault(
  path: string,
  got: unknown,
  takes: string,
  hint: string | null,
  involves: readonly string[],
): CrossFault {
  return { path, got: showValue(got), takes, hint, involves: [path, ...involves] };
}

// Of a class subset and of a folder the size is not known before the data are loaded.
function trainingFileSize({ set, synthetic, classes }: RunConfig['data']): number | null {
  if (classes !== undefined) return null;
  return set === 'mnist' ? 60_000 : (synthetic?.train ?? null);
}

function knownTrainSize(data: RunConfig['data']): number | null {
  const available = trainingFileSize(data);
  if (available === null || data.validation >= available) return data.limit ?? null;
  return Math.min(available - data.validation, data.limit ?? Number.POSITIVE_INFINITY);
}

function nearestDivisor(batch: number, shards: number): number {
  for (let divisor = Math.min(shards, batch); divisor > 1; divisor--) if (batch % divisor === 0) return divisor;
  return 1;
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}
