import type { ProbeEvent } from '@sparring/coordinator';
import type { Checkpoint, RunConfig } from '@sparring/runtime';
import { alone, type Fate, MemoryStore, type Result, small, type Team, train } from './training.ts';

/** Any growth shows a collapse, so that there are some in a run this short: what is tested is what becomes of one. */
const probed = {
  ...{ epochs: 5, probeEvery: 3, probe: { examples: 100, growth: 1e-6 }, onCollapse: 'rollback' },
  ...{ 'optimizer.learningRate': 1.5, evaluation: { pgdIterations: 3 } },
};
const teams: Team[] = [alone, { trainers: 2, attackers: 0 }, { trainers: 1, attackers: 1 }];

interface Probed {
  readonly result: Result;
  /** As they were told; told again after an interruption, they must be the same. */
  readonly probes: readonly ProbeEvent[];
  readonly modes: readonly string[];
}

async function trainProbed(config: RunConfig, team: Team = alone, fate: Fate = {}): Promise<Probed> {
  const probes: ProbeEvent[] = [];
  const onEvent: Fate['onEvent'] = (event, host) => {
    if (event.kind === 'probe') probes.push(event);
    fate.onEvent?.(event, host);
  };
  const { result, modes } = await train(config, team, { ...fate, onEvent });
  return { result, probes, modes };
}

/** Each step's probe once. */
function byStep(probes: readonly ProbeEvent[]): ProbeEvent[] {
  const known = new Map<number, ProbeEvent>();
  for (const probe of probes) {
    expect(known.get(probe.step) ?? probe).toEqual(probe);
    known.set(probe.step, probe);
  }
  return [...known.values()].sort((a, b) => a.step - b.step);
}

const rollbacksOf = (probes: readonly ProbeEvent[]) => probes.filter(({ action }) => action === 'rollback');

/** Keeps every checkpoint that a run writes. */
function everyCheckpoint() {
  const kept: Checkpoint[] = [];
  const save = async (_: string, checkpoint: Checkpoint) => {
    kept.push(structuredClone(checkpoint));
  };
  const load = () => Promise.reject(new Error('nothing is to be loaded'));
  return { kept, checkpoints: { save, load } };
}

const isPending = ({ probes }: Checkpoint) => (probes as { pending: number | null }).pending !== null;
const hasDecided = ({ probes }: Checkpoint) => (probes as { decision: string }).decision !== 'none';

describe('a run that only warns', () => {
  test('has the bits of one that is not probed, whoever trains and probes', async () => {
    const { onCollapse: _, ...warned } = probed;
    const expected = (await train(small({ ...warned, probeEvery: null }))).result;
    const alike = await trainProbed(small(warned));
    expect(alike.result).toEqual(expected);
    expect(alike.probes.some(({ action }) => action === 'warn')).toBe(true);
    for (const team of teams.slice(1)) expect(await trainProbed(small(warned), team)).toMatchObject(pick(alike));
  });

  test('measures the last step too, and tells each result, in order', async () => {
    const { probes } = await trainProbed(small({ ...probed, onCollapse: 'warn', probeEvery: 8 }));
    expect(probes.map(({ step }) => step)).toEqual([8, 16, 24, 30]);
    for (const { errors, gradientCosine } of probes) {
      expect(Object.keys(errors)).toEqual(['clean', 'fgsm', 'pgd']);
      expect(Math.abs(gradientCosine)).toBeLessThanOrEqual(1);
    }
  });
});

describe.each([
  { what: 'fresh attacks', overrides: {} },
  { what: 'attacks two steps stale', overrides: { staleness: 2, 'optimizer.learningRate': 0.6, seed: 1 } },
  {
    what: 'two replicas',
    overrides: { batch: 40, replicas: 2, localSteps: 4, probeEvery: 2, 'optimizer.learningRate': 1, seed: 1 },
  },
])('a run that is rolled back, with $what,', ({ overrides }) => {
  const config = small({ ...probed, ...overrides });
  let expected: Probed;
  beforeAll(async () => {
    expected = await trainProbed(config);
    expect(rollbacksOf(expected.probes).length).toBeGreaterThan(0);
  });

  test('comes to the same by any team, with the same decisions at the same steps', async () => {
    const modes = new Set<string>();
    for (const team of [...teams, { trainers: 2, attackers: 2 }]) {
      const trained = await trainProbed(config, team);
      expect(pick(trained)).toEqual(pick(expected));
      for (const mode of trained.modes) modes.add(mode);
    }
    expect(modes.size).toBe(config.replicas > 1 ? 1 : 3);
    expect(await trainProbed(small({ ...probed, ...overrides, stepsPerCall: 3 }))).toMatchObject(pick(expected));
  });

  test('goes on from any checkpoint to the same, also from those between a probe and what it leads to', async () => {
    const { kept, checkpoints } = everyCheckpoint();
    const often = small({ ...probed, ...overrides, stepsPerCall: 1, checkpointEverySeconds: 1e-6 });
    expect(pick(await trainProbed(often, alone, { checkpoints }))).toEqual(pick(expected));
    expect(kept.filter(isPending).length).toBeGreaterThan(0);
    for (const [i, resume] of kept.entries()) {
      if (resume.step === expected.result.step) continue;
      const { result, probes } = await trainProbed(config, teams[i % teams.length], { resume });
      expect(result).toEqual({ ...expected.result, epochs: expected.result.epochs.slice(Math.floor(resume.step / 6)) });
      expect(expected.probes.slice(-probes.length)).toEqual(probes);
    }
  });

  test('interrupted at any moment and resumed by any other team, it comes to the same', async () => {
    const store = new MemoryStore();
    const [epochs, probes]: [object[], ProbeEvent[]] = [[], []];
    let resume: Checkpoint | null = null;
    for (let segment = 0; ; segment++) {
      const controller = new AbortController();
      let left = [2, 7, 0, 12, 5, 1][segment] ?? Number.POSITIVE_INFINITY;
      const fate = { checkpoints: store, resume, signal: controller.signal };
      const part = await trainProbed(config, teams[segment % teams.length], {
        ...fate,
        onTask: () => {
          if (left-- === 0) controller.abort();
        },
      });
      epochs.push(...part.result.epochs);
      probes.push(...part.probes);
      if (part.result.status !== 'interrupted') {
        expect({ ...part.result, epochs }).toEqual(expected.result);
        expect(byStep(probes)).toEqual(expected.probes);
        return;
      }
      resume = await store.load('last');
    }
  });
});

test('a probe whose worker dies over it is made by another, to the same', async () => {
  const config = small(probed);
  const expected = await trainProbed(config);
  let died = 0;
  const onTask: Fate['onTask'] = (worker, task, host) => {
    if (task.kind !== 'probe' || died++ > 0) return;
    worker.killThread();
    void host.start('attacker');
  };
  expect(pick(await trainProbed(config, { trainers: 2, attackers: 1 }, { onTask }))).toEqual(pick(expected));
  expect(died).toBeGreaterThan(0);
});

test('a checkpoint knows a decision that is still to be done', async () => {
  const expected = await trainProbed(small(probed));
  const [collapse] = rollbacksOf(expected.probes);
  let tell = () => {};
  const isTold = new Promise<void>((resolve) => {
    tell = resolve;
  });
  // Every step comes by, and the attacker does nothing but probe: the step after the collapse waits until that is known.
  const alongside = { ...probed, maxGradientNorm: 1e6, 'attack.placement': 'fused', checkpointEverySeconds: 1e-6 };
  const { kept, checkpoints } = everyCheckpoint();
  const trained = await trainProbed(
    small(alongside),
    { trainers: 1, attackers: 1 },
    {
      checkpoints,
      onEvent: (event) => {
        if (event.kind === 'probe' && event.collapsed) tell();
      },
      onOutput: async (_, task, output) => {
        if (task.kind === 'pass' && task.step === collapse!.step) await isTold;
        return output;
      },
    },
  );
  expect(pick(trained)).toEqual(pick(expected));
  const decided = kept.find(hasDecided)!;
  expect(decided.step).toBeLessThan(collapse!.step + 3);
  const { result, probes } = await trainProbed(small(probed), alone, { resume: decided });
  expect(result.net).toEqual(expected.result.net);
  expect(probes).toEqual(expected.probes.filter(({ step }) => step > collapse!.step));
});

/** The checkpoint of a run that ends at this step. */
async function checkpointAt(step: number, overrides: Record<string, unknown> = {}): Promise<Checkpoint> {
  const checkpoints = new MemoryStore();
  await train(small({ ...probed, ...overrides, maxSteps: step }), alone, { checkpoints });
  return checkpoints.load('last');
}

test('each rollback halves the learning rate, at the probe step after the one that showed the collapse', async () => {
  const { result, probes } = await trainProbed(small(probed));
  const done = rollbacksOf(probes)[0]!.step + 3;
  expect(probes.map(({ step }) => step)).not.toContain(done);
  for (const { step, learningRate } of result.epochs as { step: number; learningRate: number }[]) {
    expect(learningRate).toBe(step < done ? 1.5 : 0.75);
  }
});

test('what is restored is the last good probe, and the steps after it are others than those before', async () => {
  const { probes } = await trainProbed(small(probed));
  const [collapse] = rollbacksOf(probes);
  const good = probes.filter(({ step }) => step < collapse!.step).at(-1)!;
  const [atGood, restored] = [await checkpointAt(good.step), await checkpointAt(collapse!.step + 3)];
  expect([atGood.rollbacks, restored.rollbacks]).toEqual([0, 1]);
  expect(restored.digests).toEqual(atGood.digests);
  const [afterGood, afterRestored] = [await checkpointAt(good.step + 1), await checkpointAt(collapse!.step + 4)];
  expect(afterRestored.digests).not.toEqual(afterGood.digests);
});

test('a run that is to stop does so at the next probe step, with the parameters of the last good probe', async () => {
  const config = small({ ...probed, onCollapse: 'stop' });
  const { result, probes } = await trainProbed(config);
  const stop = probes.at(-1)!;
  expect(stop).toMatchObject({ collapsed: true, action: 'stop' });
  expect(result).toMatchObject({ status: 'collapsed', step: stop.step + 3 });
  const good = probes.at(-2)!;
  const until = small({ ...probed, onCollapse: 'stop', maxSteps: good.step });
  expect((await train(until)).result.net.parameters).toBe(result.net.parameters);
  for (const team of teams.slice(1)) expect(pick(await trainProbed(config, team))).toEqual({ result, probes });
});

test('a collapse after three rollbacks ends the run, and whoever resumes it finds it ended', async () => {
  const many = { ...probed, epochs: 40, probeEvery: 2, 'optimizer.learningRate': 1 };
  const checkpoints = new MemoryStore();
  const { result, probes } = await trainProbed(small(many), alone, { checkpoints });
  const actions = probes.map(({ action }) => action).filter((action) => action !== 'none');
  expect(actions).toEqual(['rollback', 'rollback', 'rollback', 'stop']);
  expect(result).toMatchObject({ status: 'collapsed', step: probes.at(-1)!.step + 2 });
  const resumed = await trainProbed(small(many), alone, { resume: await checkpoints.load('last') });
  expect(resumed).toMatchObject({ result: { ...result, epochs: [] }, probes: [] });
});

test('early stopping begins anew with a rollback: the best so far may be of a net that had collapsed', async () => {
  const { probes } = await trainProbed(small(probed));
  const done = rollbacksOf(probes)[0]!.step + 3;
  const stopping = { earlyStop: { on: 'cleanError', patience: 50 } };
  const { earlyStop: before } = await checkpointAt(done - 1, stopping);
  expect(before).toMatchObject({ bestStep: expect.any(Number), bestError: expect.any(Number) });
  // An epoch ends there too: it is measured after the rollback, and is the first that counts.
  expect(done % 6).toBe(0);
  expect((await checkpointAt(done, stopping)).earlyStop).toMatchObject({ bestStep: done, epochsWithoutBetter: 0 });
});

test('a run that is cut short goes on as if it had not been', async () => {
  const expected = await trainProbed(small(probed));
  const [first] = rollbacksOf(expected.probes);
  const checkpoints = new MemoryStore();
  await trainProbed(small({ ...probed, maxSteps: first!.step }), alone, { checkpoints });
  const { result } = await trainProbed(small(probed), teams[1], { resume: await checkpoints.load('last') });
  expect(result.net).toEqual(expected.result.net);
});

function pick({ result, probes }: Probed) {
  return { result, probes };
}
