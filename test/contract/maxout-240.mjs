// Holds the contract on the paper's net: prints the digests of `maxout-240` after a few steps, for every way of computing them, and exits
// with 1 if any differs within its group. By hand, since it takes a few minutes:
//
//   npm run build && node test/contract/maxout-240.mjs [STEPS]
//
// STEPS (default 24) is how many steps each run takes. Digests are of one machine: another processor may give others.

import { hostTraining } from '../../packages/cli/dist/host/index.js';
import { loadDataSet } from '../../packages/data/dist/index.js';
import { resolveConfig } from '../../packages/runtime/dist/index.js';

const maxSteps = Number(process.argv[2] ?? 24);
const recipe = (overrides) =>
  resolveConfig({ recipeOrFile: 'maxout-240', overrides: { maxSteps, ...overrides } }).config;
const dataSet = await loadDataSet(recipe({}).data);

/** Trains by a team; with `interruptions`, in so many more segments, each interrupted at a step that progress has come to. */
async function digestsOf(overrides, trainers, attackers, interruptions = 0) {
  const config = recipe(overrides);
  let last = null;
  const checkpoints = {
    save: async (_, checkpoint) => {
      last = structuredClone(checkpoint);
    },
    load: async () => last,
  };
  for (let segment = 0; ; segment++) {
    // A segment that is to be interrupted ends at the first step after its share of the steps.
    const share = Math.ceil(((segment + 1) * maxSteps) / (interruptions + 1));
    const controller = new AbortController();
    const training = await hostTraining({
      ...{ runId: 'maxout-240', config, engine: 'onnx:cpu', dataSet, checkpoints, resume: last },
      plan: { trainers, attackers, reason: 'as the contract asks' },
      signal: controller.signal,
      onEvent: (event) => {
        if (event.kind === 'progress' && segment < interruptions && event.step >= share) controller.abort();
      },
    });
    try {
      const { status, step, net } = await training.train();
      if (status !== 'interrupted') return { step, parts: segment + 1, ...net.digests };
    } finally {
      await training.close();
    }
  }
}

/** Of each group all digests must be the same, and no two groups share one. */
const groups = {
  'shards: 2, staleness 0': {
    overrides: {},
    ways: [
      ['one trainer, fused, 8 steps a call', {}, 1, 0],
      ['one trainer, fused, 1 step a call', { stepsPerCall: 1 }, 1, 0],
      ['2 trainers, fused', {}, 2, 0],
      ['split, 1 attacker', {}, 1, 1],
      ['split, 2 attackers', {}, 1, 2],
      ['split, 3 attackers', {}, 1, 3],
      ['one trainer, interrupted', { stepsPerCall: 2 }, 1, 0, 3],
      ['2 trainers, interrupted', {}, 2, 0, 2],
      ['split, interrupted', {}, 1, 1, 2],
    ],
  },
  'shards: 4, staleness 0': {
    overrides: { shards: 4 },
    ways: [
      ['1 trainer', {}, 1, 0],
      ['2 trainers', {}, 2, 0],
      ['4 trainers', {}, 4, 0],
    ],
  },
  'shards: 2, staleness 2': {
    overrides: { staleness: 2 },
    ways: [
      ['one trainer, fused, 8 steps a call', {}, 1, 0],
      ['one trainer, fused, 1 step a call', { stepsPerCall: 1 }, 1, 0],
      ['2 trainers, fused', {}, 2, 0],
      ['split, 1 attacker', {}, 1, 1],
      ['split, 3 attackers', {}, 1, 3],
      ['split, interrupted', {}, 1, 2, 2],
    ],
  },
};

const seen = new Set();
let broken = false;
for (const [group, { overrides, ways }] of Object.entries(groups)) {
  console.log(`\nmaxout-240, ${group}, after ${maxSteps} steps (parameters, optimizer state)`);
  let expected;
  for (const [what, more, trainers, attackers, interruptions] of ways) {
    const startedAt = performance.now();
    const digests = await digestsOf({ ...overrides, ...more }, trainers, attackers, interruptions);
    const both = `${digests.parameters} ${digests.optimizer}`;
    expected ??= both;
    const same = both === expected && digests.step === maxSteps;
    broken ||= !same;
    const shown = `${digests.parameters.slice(0, 16)} ${digests.optimizer.slice(0, 16)}`;
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
    const parts = digests.parts > 1 ? `, in ${digests.parts} parts` : '';
    console.log(`  ${shown}  ${same ? 'same' : 'DIFFERS'}  ${what}${parts} (${seconds} s)`);
  }
  if (seen.has(expected)) {
    broken = true;
    console.log('  DIFFERENT CONFIGURATIONS, ONE DIGEST');
  }
  seen.add(expected);
}
console.log(broken ? '\nThe contract is broken.' : '\nThe contract holds.');
process.exitCode = broken ? 1 : 0;
