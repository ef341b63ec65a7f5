import { rmSync } from 'node:fs';
import { scratchFolder } from './cluster.ts';
import { writeRecipe } from './recipes.ts';
import { type Finished, Sparring } from './sparring.ts';

/** 10 steps of some 100 ms, where the model is paced, with checkpoints between. */
export const short = `
engine: tfjs:cpu
model: ./paced-model.js
alpha: .3
attack: { kind: fgsm, epsilon: .1 }
optimizer: { learningRate: .1, momentum: .5 }
checkpointEverySeconds: .3
data: { set: synthetic, synthetic: { train: 300, test: 100, side: 8, classes: 4 }, validation: 100 }
epochs: 2
batch: 40
evaluation: { everyEpochs: 1, pgdIterations: 2 }
`;

/** What a sweep's JSON says of its runs. */
export interface SweptRun {
  readonly identity: string;
  readonly status: string;
  readonly attempts: number;
  readonly error: string | null;
  readonly result: { readonly parametersDigest: string; readonly optimizerDigest: string } | null;
}

export interface Swept {
  readonly sweep: string;
  readonly standing?: string;
  readonly counts: Readonly<Record<'runs' | 'done' | 'failed' | 'pruned' | 'begun' | 'waiting', number>>;
  readonly runs: readonly SweptRun[];
}

export function sweptOf({ stdout }: Pick<Finished, 'stdout'>): Swept {
  return JSON.parse(stdout.trimEnd().split('\n').at(-1)!) as Swept;
}

/** Of each run both digests, by its identity. */
export function digestsOf({ runs }: Swept): Record<string, string | null> {
  return Object.fromEntries(
    runs.map(({ identity, result }) => [identity, result && `${result.parametersDigest} ${result.optimizerDigest}`]),
  );
}

/** What one process makes of a sweep that nothing disturbs. */
export async function undisturbedSweep(recipe: string, ...options: string[]): Promise<Swept> {
  const folder = scratchFolder();
  try {
    const file = writeRecipe(folder, recipe);
    const finished = await new Sparring(['sweep', file, '--json', ...options], folder).finished;
    expect(finished).toMatchObject({ code: 0 });
    return sweptOf(finished);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
