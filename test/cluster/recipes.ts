import { copyFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const paced = `
engine: tfjs:cpu
model: ./paced-model.js
alpha: .3
attack: { kind: fgsm, epsilon: .1 }
optimizer: { learningRate: .1, momentum: .5 }
checkpointEverySeconds: .4
trainers: 1
attackers: 0
`;

/**
 * 120 steps of some 100 ms, which up to two trainers and two attackers share: processes may start meanwhile, however busy the machine
 * is. When all that was to happen has happened, nobody need wait for the rest (`setPace`).
 */
export const steps = `${paced}
data: { set: synthetic, synthetic: { train: 500, test: 100, side: 8, classes: 4 }, validation: 100 }
epochs: 12
batch: 40
shards: 2
evaluation: { everyEpochs: 3, pgdIterations: 2 }
`;

/** 20 steps whose attacks take longer than their passes: attackers help a lone trainer. */
export const assisted = `${steps
  .replace('kind: fgsm, epsilon: .1', 'kind: pgd, epsilon: .1, iterations: 3, randomStart: true')
  .replace('epochs: 12', 'epochs: 2')
  .replace('everyEpochs: 3', 'everyEpochs: 2')
  .replace('shards: 2', 'shards: 4')}
stepsPerCall: 1
`;

/** 40 rounds of some 400 ms: of two trainers each computes nearly all the time. */
export const rounds = `${paced}
data: { set: synthetic, synthetic: { train: 900, test: 100, side: 8, classes: 4 }, validation: 100 }
epochs: 20
batch: 40
replicas: 2
localSteps: 5
evaluation: { everyEpochs: 10, pgdIterations: 2 }
`;

/** The first 40 of these steps, probed every four, of which some show a collapse: any growth of the PGD error does. */
export const probed = `${steps.replace('learningRate: .1', 'learningRate: 1').replace('epochs: 12', 'epochs: 4').replace('everyEpochs: 3', 'everyEpochs: 2')}
seed: 1
probeEvery: 4
probe: { examples: 100, growth: .000001 }
onCollapse: rollback
`;

/** How long each call of the model takes from now on that lies in a folder. */
export function setPace(folder: string, pace: 'usual' | 'slow' | 'none'): void {
  const files = { slow: pace === 'slow', hurry: pace === 'none' };
  for (const [name, isThere] of Object.entries(files)) {
    if (isThere) writeFileSync(join(folder, name), '');
    else rmSync(join(folder, name), { force: true });
  }
}

/** Writes a recipe, beside its model, and returns its path. The model stays as it is: a cluster may be reading it. */
export function writeRecipe(folder: string, recipe: string): string {
  const file = join(folder, 'recipe.yaml');
  writeFileSync(file, recipe);
  const model = join(folder, 'paced-model.js');
  if (!existsSync(model)) copyFileSync(fileURLToPath(new URL('./paced-model.js', import.meta.url)), model);
  return file;
}
