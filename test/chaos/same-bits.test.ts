import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { scratchFolder, undisturbed } from '../cluster/cluster.ts';
import { writeRecipe } from '../cluster/recipes.ts';
import { resultOf } from '../cluster/result.ts';
import { Sparring } from '../cluster/sparring.ts';
import { describeWithNats } from '../nats/nats-server.ts';
import { mnist } from './recipes.ts';
import { say, seconds } from './say.ts';

const modes = [
  { mode: 'assisted, PGD', trainers: 1, attackers: 2, set: ['maxSteps=80', 'attack.kind=pgd', 'shards=4'] },
  { mode: 'fused', attackers: 0, set: ['maxSteps=120'] },
  { mode: 'split', attackers: 2, set: ['maxSteps=120'] },
  { mode: 'split, staleness 2', attackers: 2, set: ['maxSteps=120', 'staleness=2'] },
  { mode: 'local steps', attackers: 0, set: ['maxSteps=240', 'replicas=2', 'localSteps=40'] },
  { mode: 'split, PGD, beside a twin', attackers: 2, set: ['maxSteps=40', 'attack.kind=pgd', 'twin=true'] },
];

/** 40 steps an epoch, or 20 of two replicas. */
const fewer = 'data={ set: mnist, limit: 4000, validation: 500 }';

describeWithNats('what sparring up makes of MNIST', () => {
  let folder: string;
  beforeEach(() => {
    folder = scratchFolder();
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it.each(modes)('is what one process makes of it: $mode', async ({ mode, trainers = 2, attackers, set }) => {
    const options = [fewer, ...set].flatMap((assignment) => ['--set', assignment]);
    const expected = await undisturbed(mnist, ...options);
    const workers = ['--trainers', String(trainers), '--attackers', String(attackers)];
    const startedAt = performance.now();
    const up = new Sparring(['up', writeRecipe(folder, mnist), ...workers, ...options, '--json'], folder);
    expect(resultOf(await up.finished, join(folder, 'runs'))).toEqual(expected);
    const team = `${trainers} + ${attackers} (trainers + attackers)`;
    say(
      `${mode}: ${team} came to ${expected.parametersDigest.slice(0, 16)} in ${seconds(performance.now() - startedAt)}, as one process did`,
    );
  });
});
