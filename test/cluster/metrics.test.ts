import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue, type Place } from '@sparring/runtime/metrics';
import { describeWithNats } from '../nats/nats-server.ts';
import { Cluster } from './cluster.ts';
import { eventually } from './eventually.ts';
import { steps } from './recipes.ts';
import { Scrape, untilAllSeen } from './scrape.ts';

/** Does not end before the cluster does. */
const endless = ['--set', 'epochs=10000'];
const ofCoordinator = 'sparring_coordinator_';

/** What a kind of process tells; a probe only where a run has one. */
function namesOf(place: Place): string[] {
  const names = catalogue
    .filter(({ places }) => places.includes(place))
    .flatMap(({ metrics }) => Object.values(metrics));
  return names.map(({ name }) => name).filter((name) => !name.startsWith('sparring_coordinator_probe_'));
}

describeWithNats('the processes of a cluster tell how they are', () => {
  let cluster: Cluster;
  const folder = () => join(cluster.folder, '.sparring', 'metrics');

  /** Where each process is to be scraped, by its name, as Prometheus reads it. */
  function targets(): Map<string, { url: string; role: string }> {
    const files = readdirSync(folder()).filter((name) => name.endsWith('.json') && !name.startsWith('.'));
    return new Map(
      files.map((file) => {
        const [{ targets, labels }] = JSON.parse(readFileSync(join(folder(), file), 'utf8'));
        return [labels.process as string, { url: `http://${targets[0]}`, role: labels.role as string }];
      }),
    );
  }
  const urlOf = (name: string) => targets().get(name)!.url;
  const ready = async (url: string) => {
    const response = await fetch(`${url}/readyz`);
    return { status: response.status, ...((await response.json()) as { state: string; term?: number }) };
  };

  beforeAll(async () => {
    cluster = await Cluster.start({ trainers: 2, attackers: 1 });
    await eventually(
      async () => [...targets().keys()],
      (names) => names.length === 4,
    );
  });
  afterAll(() => cluster.close());

  it('at addresses that the state folder has, for Prometheus', async () => {
    const roles = [...targets()].map(([name, { role }]) => [name, role]).sort();
    expect(roles).toEqual([
      ['attacker-1', 'attacker'],
      ['coordinator', 'coordinator'],
      ['trainer-1', 'trainer'],
      ['trainer-2', 'trainer'],
    ]);
    expect(new Set([...targets().values()].map(({ url }) => url)).size).toBe(4);
    for (const { url } of targets().values()) expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it('whether they are ready: a coordinator that stands by is, and says so', async () => {
    expect(await ready(urlOf('coordinator'))).toMatchObject({ status: 200, state: 'coordinating', term: 1 });
    const trainer = await eventually(
      () => ready(urlOf('trainer-1')),
      ({ status }) => status === 200,
    );
    expect(trainer.state).toBe('waiting for a run');
    const second = cluster.add('coordinator');
    const line = await second.lines.until('it listens', (text) => text.includes('"metrics":'));
    const url = new URL('/', JSON.parse(line).metrics).origin;
    const standby = await eventually(
      () => ready(url),
      ({ state }) => state === 'standing by',
    );
    expect(standby).toMatchObject({ status: 200, term: 1 });
    const told = await Scrape.of(url);
    expect([told.sum(`${ofCoordinator}standby`), told.sum(`${ofCoordinator}term`)]).toEqual([1, 0]);
    second.signal('SIGTERM');
    await second.finished;
  });

  it('every metric of the catalogue while they train, with values that make sense', async () => {
    const startedAt = performance.now();
    const run = cluster.submit(steps, ...endless);
    const id = await run.id();
    await run.underWay();
    const [coordinator, trainer, attacker] = await Promise.all([
      untilAllSeen(urlOf('coordinator'), namesOf('coordinator')),
      untilAllSeen(urlOf('trainer-1'), namesOf('trainer')),
      untilAllSeen(urlOf('attacker-1'), namesOf('attacker')),
    ]);
    const of = { run: id, net: 'net' };
    const taken = coordinator.sum(`${ofCoordinator}run_steps`, of)!;
    expect(taken).toBeGreaterThan(0);
    expect(coordinator.sum(`${ofCoordinator}run_planned_steps`, of)).toBe(100_000);
    expect(coordinator.sum(`${ofCoordinator}steps_total`)).toBe(taken);
    expect(coordinator.sum(`${ofCoordinator}examples_total`)).toBe(40 * taken);
    expect(coordinator.sum(`${ofCoordinator}run_info`, { ...of, engine: 'tfjs:cpu', mode: 'split' })).toBe(1);
    const time = (phase: string, what = 'sum') =>
      coordinator.sum(`${ofCoordinator}phase_duration_seconds_${what}`, { phase })!;
    expect(time('step', 'count')).toBe(taken);
    for (const phase of ['attack', 'clean_pass', 'adversarial_pass']) expect(time(phase)).toBeGreaterThan(0);
    // What its steps took is what it waited for and did itself; those that a trainer took alone in the beginning are whole.
    const split = time('wait') + time('update') + time('broadcast');
    expect(split).toBeGreaterThan(0.5 * (time('step') - time('advance')));
    expect(split).toBeLessThan(time('step') + 1);
    for (const attack of ['clean', 'fgsm']) {
      const error = coordinator.sum(`${ofCoordinator}error_ratio`, { ...of, split: 'validation', attack })!;
      expect(error).toBeGreaterThanOrEqual(0);
      expect(error).toBeLessThanOrEqual(1);
    }
    for (const norm of ['parameters', 'velocity', 'gradient'])
      expect(coordinator.sum(`${ofCoordinator}${norm}_norm`, of)).toBeGreaterThan(0);
    const ageMs = 1_000 * coordinator.sum(`${ofCoordinator}checkpoint_age_seconds`, of)!;
    expect(ageMs).toBeLessThan(performance.now() - startedAt);
    const workers = (role: string, state: string) => coordinator.sum(`${ofCoordinator}workers`, { role, state });
    expect([workers('trainer', 'working'), workers('attacker', 'working')]).toEqual([2, 1]);
    expect([workers('trainer', 'spare'), workers('trainer', 'idle')]).toEqual([0, 0]);
    const received = { subject: 'gradients.return', direction: 'received' };
    expect(coordinator.sum('sparring_bus_traffic_bytes_total', received)).toBeGreaterThan(1_000);
    expect(coordinator.sum(`${ofCoordinator}runs`, { status: 'running' })).toBe(1);

    const [passes, attacks] = [trainer, attacker].map((told) =>
      told.sum('sparring_worker_phase_duration_seconds_count'),
    );
    expect(passes).toBeGreaterThan(0);
    expect(attacks).toBeGreaterThan(0);
    expect(trainer.sum('sparring_worker_threads', { role: 'trainer', state: 'serving' })).toBe(1);
    expect(trainer.sum('sparring_worker_term')).toBe(1);
    expect(trainer.sum('sparring_bus_connected')).toBe(1);
    expect(trainer.sum(`${ofCoordinator}steps_total`)).toBeNull();
  });

  it('what befalls them', async () => {
    const lost = { role: 'trainer' };
    const leaves = async () => (await Scrape.of(urlOf('coordinator'))).sum(`${ofCoordinator}leaves_total`, lost)!;
    const before = await leaves();
    await cluster.kill9('trainer-2');
    await eventually(leaves, (count) => count > before);

    const url = urlOf('trainer-1');
    const times = async (kind: string) => (await Scrape.of(url)).sum('sparring_bus_events_total', { kind })!;
    const [lostBefore, backBefore] = [await times('disconnected'), await times('reconnected')];
    await cluster.kill9('broker');
    await eventually(
      () => times('reconnected'),
      (count) => count > backBefore,
    );
    expect(await times('disconnected')).toBeGreaterThan(lostBefore);
    expect(
      await eventually(
        () => ready(url),
        ({ status }) => status === 200,
      ),
    ).toMatchObject({ state: 'serving' });
  });

  it('until they end: then no addresses are left', async () => {
    cluster.up.signal('SIGINT');
    await cluster.up.finished;
    expect(targets().size).toBe(0);
  });
});
