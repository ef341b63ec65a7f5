import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NatsBus, NatsStore, sweepsBucket } from '@sparring/runtime';
import { describeWithNats, NatsServer } from '../nats/nats-server.ts';
import { scratchFolder } from './cluster.ts';
import { eventually } from './eventually.ts';
import { setPace, writeRecipe } from './recipes.ts';
import { Sparring } from './sparring.ts';
import { digestsOf, short, sweptOf, undisturbedSweep } from './swept.ts';

const seeds = ['--seeds', '0..2'];

/** The account's bound its users are told; the server's they are not. */
const bounds = {
  account: ['accounts { a { jetstream { max_file: 8MB }, users: [{ user: u, password: p }] } }', ''],
  server: ['authorization { users: [{ user: u, password: p }] }', 'max_file_store: 8MB'],
} as const;

describeWithNats('a sweep whose place is too small', () => {
  let folder: string;
  let bus: NatsBus;
  let store: NatsStore;

  async function open(kind: keyof typeof bounds): Promise<void> {
    const server = await NatsServer.start(...bounds[kind]);
    const credentials = { user: 'u', password: 'p' };
    folder = scratchFolder();
    const lines = [`SPARRING_NATS_URL=${server.url}`, 'SPARRING_NATS_USER=u', 'SPARRING_NATS_PASSWORD=p'];
    writeFileSync(join(folder, 'user.env'), `${lines.join('\n')}\n`);
    bus = await NatsBus.connect({ servers: server.url, credentials, name: 'test' });
    store = await NatsStore.open(bus, { bucket: sweepsBucket });
  }
  const running: Sparring[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((process) => process.kill()));
    await bus.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function run(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Sparring {
    const process = new Sparring([...args, '--credentials', 'user.env'], folder, { PACE_MS: '20', ...environment });
    running.push(process);
    return process;
  }
  const follow = (...options: string[]) =>
    run(['sweep', writeRecipe(folder, short), ...seeds, '--json', '--no-page', ...options]);
  const says = (process: Sparring, words: RegExp) =>
    process.lines.until(String(words), (line) => words.test(line), { withinMs: 60_000 });

  /** Leaves no room for a kilobyte. */
  async function fill(): Promise<string[]> {
    const names: string[] = [];
    for (const size of [500_000, 20_000, 1_000]) {
      for (;;) {
        const name = `fill/${names.length}`;
        if (!(await store.putObjectIfRoom(name, new Uint8Array(size)))) break;
        names.push(name);
      }
    }
    return names;
  }

  it.each(['account', 'server'] as const)(
    'goes on while the store is full, says so, and ends with the same bits when there is room again (%s)',
    async (kind) => {
      await open(kind);
      const expected = undisturbedSweep(short, ...seeds);
      run(['coordinator', '--models', '.', '--no-page']);
      const trainer = run(['trainer', '--models', '.']);
      const following = follow();
      await eventually(
        () => store.listObjects('run/'),
        (objects) => objects.length > 0,
      );
      const filling = await fill();
      await says(trainer, /its runs go on without storing checkpoints/);
      await says(following, /process \d+ on .*: the broker's store is full: its runs go on/);
      setPace(folder, 'none');
      await says(trainer, /the run is done, and waits for room in the store/);
      const finished = await Promise.race([following.finished, Promise.resolve(null)]);
      expect(finished).toBeNull();

      for (const name of filling) await store.deleteObject(name);
      const swept = sweptOf(await following.finished);
      expect(swept.counts).toMatchObject({ runs: 3, done: 3, failed: 0 });
      expect(swept.runs.map(({ attempts, error }) => ({ attempts, error }))).toEqual(
        Array.from({ length: 3 }, () => ({ attempts: 0, error: null })),
      );
      for (const { value } of await store.list('run')) expect(JSON.parse(value)).toMatchObject({ deaths: 0 });
      expect(digestsOf(swept)).toEqual(digestsOf(await expected));
      expect(await store.listObjects('run/')).toEqual([]);
    },
    120_000,
  );

  it('waits where no trainer has a place to compute it, and whoever follows it is told why', async () => {
    await open('server');
    run(['coordinator', '--models', '.', '--no-page']);
    const trainer = run(['trainer', '--models', '.'], { TMPDIR: join(folder, 'nowhere') });
    const following = follow();
    await says(following, /process \d+ on .*: there is no place for runs: .*nowhere.*: its runs are left to others/);
    await says(trainer, /its runs are left to others/);
    const status = await run(['sweep', 'status', 'recipe', '--json']).finished;
    expect(sweptOf(status)).toMatchObject({
      standing: 'waiting for a trainer',
      hindrances: [expect.stringMatching(/there is no place for runs/)],
    });
  }, 120_000);

  it('is refused before it is submitted where the store is too small, or the disk for what is fetched', async () => {
    await open('account');
    run(['coordinator', '--models', '.', '--no-page']);
    const refused = await run(['sweep', 'demo', '--seeds', '0..99', '--set', 'twin=false']).finished;
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toMatch(/the cluster refuses: the broker's store is too small: .*100 runs/);
    expect(await store.list('sweep')).toEqual([]);
  }, 120_000);
});
