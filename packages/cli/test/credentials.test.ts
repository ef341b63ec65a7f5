import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { findNatsServer, resolveConnection } from '@sparring/runtime';
import { planBroker } from '../dist/credentials/plan-broker.js';
import { writeSecretFiles } from '../dist/credentials/write-secret-files.js';
import { Workplace } from './command.ts';

let place: Workplace;
beforeEach(async () => {
  place = await Workplace.open();
});
afterEach(() => place.close());

const names = ['attacker.env', 'client.env', 'coordinator.env', 'nats-server.conf', 'trainer.env'];
const at = (...path: string[]) => join(place.path, ...path);
const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe('sparring credentials', () => {
  it('writes a configuration that nats-server takes, and a file for each role', async () => {
    const { code, stdout, stderr } = await place.run('credentials');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(readdirSync(at('credentials')).sort()).toEqual(names);
    expect(spawnSync(findNatsServer()!, ['-t', '-c', at('credentials', 'nats-server.conf')]).status).toBe(0);
    const trainer = resolveConnection({ credentials: at('credentials', 'trainer.env') });
    expect(trainer).toMatchObject({ servers: ['nats://127.0.0.1:4222'], tls: null, role: 'trainer' });
    const { password } = trainer!.credentials!;
    expect(readFileSync(at('credentials', 'nats-server.conf'), 'utf8')).toContain(
      `user: "trainer", password: "${password}"`,
    );
    for (const command of [
      'nats-server -c credentials/nats-server.conf',
      'trainer --credentials credentials/trainer.env',
    ])
      expect(stdout).toContain(command);
    expect(stdout).not.toContain(password);
  });

  it('keeps them from others', async () => {
    await place.run('credentials', 'a/b');
    expect([at('a'), at('a/b')].map(mode)).toEqual(['700', '700']);
    for (const name of names) expect(mode(at('a/b', name))).toBe('600');
  });

  it('replaces passwords only where it is told to', async () => {
    await place.run('credentials');
    const before = await place.read('credentials/client.env');
    const { code, stdout, stderr } = await place.run('credentials');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^sparring: credentials\/nats-server\.conf is there already.*--force$/m);
    expect(await place.read('credentials/client.env')).toBe(before);
    expect((await place.run('credentials', '--force')).code).toBe(0);
    expect(await place.read('credentials/client.env')).not.toBe(before);
    expect(readdirSync(at('credentials')).sort()).toEqual(names);
  });

  it('writes down where the broker listens, keeps what lasts, and is found', async () => {
    writeFileSync(at('my-ca.pem'), 'a certificate');
    const tls = ['--tls-cert', 'cert.pem', '--tls-key', '/keys/key.pem', '--tls-ca', 'my-ca.pem'];
    const { stdout, code } = await place.run(
      ...[
        'credentials',
        'here',
        '--listen',
        '[::]:5000',
        '--url',
        'tls://broker:5000',
        '--store',
        'js',
        '--store-size',
        '1.5GB',
        ...tls,
        '--json',
      ],
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ folder: at('here'), url: 'tls://broker:5000', store: at('js') });
    const configuration = await place.read('here/nats-server.conf');
    for (const line of [
      'listen: "[::]:5000"',
      `jetstream { store_dir: "${at('js')}", max_file_store: 1500000000 }`,
      'jetstream { max_file: 1500000000 }',
      `tls { cert_file: "${at('cert.pem')}", key_file: "/keys/key.pem" }`,
    ])
      expect(configuration).toContain(line);
    expect(resolveConnection({ credentials: at('here', 'client.env') })).toMatchObject({
      servers: ['tls://broker:5000'],
      tls: { caFile: at('here', 'ca.pem') },
    });
    expect(await place.read('here/ca.pem')).toBe('a certificate');
  });

  it.each([
    ['an address without a port', { listen: 'here' }, '--listen: got "here"; takes host:port'],
    ['a port that is none', { listen: 'here:70000' }, '--listen: got "here:70000"'],
    ['a URL that is none', { url: 'http://broker' }, '--url: got "http://broker"; takes nats://host:port'],
    ['a store of no size', { storeSize: 'large' }, '--store-size: got "large"; takes 100MB or more'],
    ['a certificate without its key', { tlsCert: 'c' }, '--tls-key: got nothing'],
    ['a CA that is not there', { tlsCa: 'none.pem' }, '--tls-ca: got "none.pem"'],
  ])('refuses %s', (_, options, message) => {
    expect(() => planBroker({ folder: 'credentials', listen: '127.0.0.1:4222', ...options })).toThrow(message);
  });

  it.each([
    ['127.0.0.1:4222', false, 'nats://127.0.0.1:4222'],
    ['[::1]:5000', true, 'tls://[::1]:5000'],
    ['0.0.0.0:4222', true, `tls://${hostname()}:4222`],
  ])('tells processes where a broker is that listens on %s', (listen, encrypted, url) => {
    const tls = encrypted ? { tlsCert: 'cert.pem', tlsKey: 'key.pem' } : {};
    expect(planBroker({ folder: 'credentials', listen, ...tls })).toMatchObject({ url });
  });

  it('says in one line why it cannot write', async () => {
    await place.write('a-file', '');
    const { code, stderr } = await place.run('credentials', 'a-file/credentials');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^sparring: cannot write into .*a-file\/credentials: .*\n$/);
  });
});

it('writeSecretFiles changes nothing when one of the files cannot be written', async () => {
  const folder = at('secrets');
  mkdirSync(folder);
  writeFileSync(join(folder, 'a'), 'old');
  chmodSync(join(folder, 'a'), 0o600);
  const files = new Map([
    ['a', 'new'],
    ['a/b', 'beneath what is a file'],
  ]);
  await expect(writeSecretFiles(folder, files)).rejects.toThrow('cannot write into');
  expect(readdirSync(folder)).toEqual(['a']);
  expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('old');
});

describe('sparring credentials --compose', () => {
  const files = ['.env', ...['attacker', 'client', 'coordinator', 'trainer'].map((role) => `credentials/${role}.env`)];
  const passwords = (text: string) => [...text.matchAll(/^\w+_PASSWORD=(.*)$/gm)].map(([, password]) => password!);

  beforeEach(async () => {
    mkdirSync(at('deploy'));
    await place.write('deploy/compose.yaml', 'services: {}');
  });

  it('writes all passwords into the .env of compose.yaml, and what other machines need beside it', async () => {
    const { code, stdout, stderr } = await place.run('credentials', '--compose', 'deploy');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const env = await place.read('deploy/.env');
    expect(new Set(passwords(env)).size).toBe(5);
    for (const file of files) {
      expect(mode(at('deploy', file))).toBe('600');
      expect(stdout).toContain(`deploy/${file}`);
    }
    for (const password of passwords(env)) expect(stdout).not.toContain(password);
    const trainer = resolveConnection({ credentials: at('deploy', 'credentials', 'trainer.env') });
    expect(trainer).toMatchObject({ servers: ['nats://127.0.0.1:4222'], role: 'trainer' });
    expect(env).toContain(`SPARRING_TRAINER_PASSWORD=${trainer!.credentials!.password}\n`);
    // Containers write into runs as this user, and none is root.
    const [, uid, gid] = /^SPARRING_UID=(\d+)\nSPARRING_GID=(\d+)$/m.exec(env)!;
    const { uid: owner, gid: group } = statSync(at('deploy', 'runs'));
    expect({ uid: Number(uid), gid: Number(gid) }).toEqual({ uid: owner, gid: group });
    expect(owner).toBeGreaterThan(0);
    expect(statSync(at('deploy', 'data')).isDirectory()).toBe(true);
    expect(Number(/^SPARRING_STORE_SIZE=(\d+)$/m.exec(env)![1])).toBeGreaterThan(1e6);
  });

  it('replaces passwords alone, and those only where it is told to', async () => {
    await place.run('credentials', '--compose', 'deploy');
    const before = (await place.read('deploy/.env')).replace('COMPOSE_PROFILES=cpu', 'COMPOSE_PROFILES=gpu');
    await place.write('deploy/.env', `${before}SPARRING_BIND=0.0.0.0\nMY_PASSWORD=stays\n`);
    const refused = await place.run('credentials', '--compose', 'deploy');
    expect({ code: refused.code, stdout: refused.stdout }).toEqual({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(/^sparring: deploy\/\.env is there already.*--force$/m);
    expect((await place.run('credentials', '--compose', 'deploy', '--force')).code).toBe(0);
    const after = await place.read('deploy/.env');
    expect(after).toMatch(/^COMPOSE_PROFILES=gpu$[\s\S]*^SPARRING_BIND=0\.0\.0\.0\nMY_PASSWORD=stays\n$/m);
    expect(passwords(after)).toHaveLength(6);
    for (const password of passwords(before)) expect(after).not.toContain(password);
  });

  it('tells other machines where the broker is, and whom to trust', async () => {
    writeFileSync(at('my-ca.pem'), 'a certificate');
    const told = ['--url', 'tls://broker.example:4222', '--tls-ca', 'my-ca.pem'];
    expect((await place.run('credentials', '--compose', 'deploy', ...told)).code).toBe(0);
    expect(resolveConnection({ credentials: at('deploy', 'credentials', 'attacker.env') })).toMatchObject({
      servers: ['tls://broker.example:4222'],
      tls: { caFile: at('deploy', 'credentials', 'ca.pem') },
    });
  });

  it.each([
    ['a folder without compose.yaml', ['--compose', 'elsewhere'], '--compose: got "elsewhere"; takes the folder of a'],
    ['what compose.yaml says itself', ['--compose', 'deploy', '--listen', '0.0.0.0:1'], '--listen: got "0.0.0.0:1"'],
    ['a second folder', ['here', '--compose', 'deploy'], 'folder: got "here"; takes nothing beside --compose'],
    ['a URL that is none', ['--compose', 'deploy', '--url', 'http://broker'], '--url: got "http://broker"'],
  ])('refuses %s', async (_, args, message) => {
    const { code, stderr } = await place.run('credentials', ...args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(readdirSync(at('deploy'))).toEqual(['compose.yaml']);
  });
});
