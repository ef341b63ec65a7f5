import { alone, type Result, small, type Team, train } from './training.ts';

const trainers = (n: number): Team => ({ trainers: n, attackers: 0 });
const split = (attackers: number, n = 1): Team => ({ trainers: n, attackers });
/** Split, but for attackers that cannot keep pace with PGD, */
const shared = split;
/** and those that help a lone trainer with it. */
const assisted = split;

/** The result of a lone trainer, attacks fused, two steps a call. */
const reference = new Map<string, Promise<Result>>();

function fusedAlone(overrides: Record<string, unknown>): Promise<Result> {
  const key = JSON.stringify(overrides);
  const made = reference.get(key) ?? train(small(overrides)).then(({ result }) => result);
  reference.set(key, made);
  return made;
}

const pgd = { kind: 'pgd', epsilon: 0.2, iterations: 3, randomStart: true };
const batch512 = {
  batch: 512,
  'data.synthetic.train': 1_150,
  'optimizer.learningRate': 0.05,
};

/** Each configuration has digests of its own; whoever computes it must come to the same. */
const cases: { what: string; overrides: Record<string, unknown>; teams: Team[] }[] = [
  { what: 'FGSM', overrides: {}, teams: [trainers(2), trainers(4), split(1), split(2), split(3), split(2, 2)] },
  { what: 'batches of 512', overrides: batch512, teams: [trainers(2), split(2)] },
  { what: 'one example a shard', overrides: { batch: 12, shards: 12, maxSteps: 50 }, teams: [trainers(2), split(2)] },
  {
    what: 'PGD from a random start on the predicted label, masks shared',
    overrides: { attack: { ...pgd, label: 'predicted', sameMasks: true } },
    teams: [trainers(2), assisted(1), assisted(3), shared(2, 2), split(6, 2)],
  },
  { what: 'FGSM two steps stale', overrides: { staleness: 2 }, teams: [trainers(2), split(1), split(3)] },
  { what: 'PGD two steps stale', overrides: { staleness: 2, attack: pgd }, teams: [trainers(2), shared(1), split(2)] },
  { what: 'no adversary, for all its staleness', overrides: { alpha: 1, staleness: 2 }, teams: [trainers(2)] },
];

const named = cases.flatMap(({ what, overrides, teams }) =>
  teams.map((team) => ({ what, overrides, team, by: `${team.trainers} + ${team.attackers}` })),
);

test.each(named)('$what: $by (trainers + attackers) come to what one trainer comes to', async (given) => {
  const expected = await fusedAlone(given.overrides);
  const { result, modes } = await train(small(given.overrides), given.team);
  expect(result).toEqual(expected);
  expect(modes).toEqual([modeOf(given.overrides, given.team)]);
});

function modeOf({ attack, staleness }: Record<string, unknown>, { trainers, attackers }: Team): string {
  if (attackers === 0) return 'fused';
  if (attack && !staleness && trainers === 1) return 'assisted';
  return attack && pgd.iterations * trainers > 2 * attackers ? 'shared' : 'split';
}

test.each([1, 3, 8])('%d steps a call come to the same, alone and where attacks are stale', async (stepsPerCall) => {
  for (const overrides of [{}, { staleness: 2 }]) {
    const { result, modes } = await train(small({ ...overrides, stepsPerCall }), alone);
    expect(result).toEqual(await fusedAlone(overrides));
    expect(modes).toEqual(['advance']);
  }
});

test('another configuration comes to something else', async () => {
  const digests = new Set<string>();
  for (const { overrides } of cases) digests.add((await fusedAlone(overrides)).net.parameters);
  expect(digests.size).toBe(cases.length);
});

test('the errors of every epoch are measured, and the loss falls', async () => {
  const { epochs } = await fusedAlone({});
  const seen = epochs as { epoch: number; loss: number; validation: { clean: { error: number }; fgsm: object } }[];
  expect(seen.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
  expect(seen[2]!.loss).toBeLessThan(seen[0]!.loss);
  expect(seen[2]!.validation.clean.error).toBeLessThan(0.8);
});
