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
        ...tls,
        '--json',
      ],
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ folder: at('here'), url: 'tls://broker:5000', store: at('js') });
    const configuration = await place.read('here/nats-server.conf');
    for (const line of [
      'listen: "[::]:5000"',
      `jetstream { store_dir: "${at('js')}" }`,
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
