import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { catalogue } from '@sparring/runtime/metrics';
// @boundaries-ignore a cluster's tests look at metrics in the same way
import { Scrape, untilAllSeen } from '../../../test/cluster/scrape.ts';
import { Workplace } from './command.ts';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place.close());

const long = ['--set', 'epochs=4000', '--set', 'twin=false'];

/** Starts a run and waits until it has said where it listens, or begins to train. */
async function start(...args: string[]) {
  const { child, finished } = place.start('train', 'tiny.yaml', ...args);
  const url = await new Promise<string | null>((resolve) => {
    let text = '';
    child.stdout!.on('data', (chunk: string) => {
      text += chunk;
      const address = /^Metrics: (http:\S+)\/metrics$/m.exec(text);
      if (address) resolve(address[1]!);
      else if (text.includes('Training')) resolve(null);
    });
    child.on('close', () => resolve(null));
  });
  const end = async () => {
    child.kill('SIGINT');
    return finished;
  };
  return { url, finished, end };
}

describe('train', () => {
  it('tells every metric of the catalogue while it trains, on loopback, and prints where', async () => {
    const { url, end } = await start(...long, '--attackers', '1', '--set', 'attack.placement=split');
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const own = catalogue
      .filter(({ places }) => places.includes('train'))
      .flatMap(({ metrics }) => Object.values(metrics));
    const names = own.map(({ name }) => name).filter((name) => !name.startsWith('sparring_coordinator_probe_'));
    const told = await untilAllSeen(url!, [...names, 'nodejs_eventloop_lag_seconds', 'process_cpu_seconds_total']);
    expect(told.sum('sparring_process_info', { role: 'train' })).toBe(1);
    expect(told.sum('sparring_coordinator_run_planned_steps')).toBe(80_000);
    expect(told.sum('sparring_coordinator_examples_total')).toBe(50 * told.sum('sparring_coordinator_steps_total')!);
    expect(told.sum('sparring_coordinator_gradient_norm')).toBeGreaterThan(0);
    expect(told.sum('sparring_worker_threads', { state: 'serving' })).toBe(2);
    const ready = await fetch(`${url}/readyz`);
    expect(await ready.json()).toMatchObject({ ready: true, state: 'training' });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect((await end()).code).toBe(130);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  });

  it('takes the next port where its own is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    const { url, end } = await start(...long, '--metrics-port', String(port));
    expect(url).not.toBeNull();
    expect(new URL(url!).port).not.toBe(String(port));
    expect((await Scrape.of(url!)).sum('sparring_process_info')).toBe(1);
    expect((await end()).stdout).toContain(`port ${port} is taken: ${new URL(url!).port} is used instead\n`);
    taken.close();
  });

  it('tells nothing where that is switched off', async () => {
    const { url, end } = await start(...long, '--metrics-port', 'off');
    expect(url).toBeNull();
    expect((await end()).stdout).not.toContain('Metrics:');
  });

  it('does not train where others could not find it, or at a port that is none', async () => {
    const before = await place.runs();
    const taken = createServer().listen(0, '0.0.0.0');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    place.environment.SPARRING_METRICS_HOST = '0.0.0.0';
    const { code, stderr } = await place.run('train', 'tiny.yaml', '--metrics-port', String(port));
    taken.close();
    expect([code, stderr]).toEqual([1, `sparring: cannot listen on 0.0.0.0:${port}: the port is taken\n`]);
    place.environment.SPARRING_METRICS_PORT = 'http';
    const wrong = await place.run('train', 'tiny.yaml');
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain(
      'SPARRING_METRICS_PORT: got "http"; takes a port, from 0 (any that is free) to 65535',
    );
    const unknown = await place.run('train', 'tiny.yaml', '--metrics-port', '70000');
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('It takes a port, from 0')]);
    expect(await place.runs()).toEqual(before);
  });
});

it('dashboard tells those of its process, and that it is there, at the port of its page', async () => {
  await mkdir(join(place.path, 'shown'));
  const { child, finished } = place.start('dashboard', 'shown', '--listen', '127.0.0.1:0');
  const url = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout!.on('data', (chunk: string) => {
      text += chunk;
      const address = /^Metrics: (http:\S+)\/metrics$/m.exec(text);
      if (address) resolve(address[1]!);
    });
    finished.then(({ stderr }) => reject(new Error(stderr)));
  });
  const own = catalogue.flatMap(({ places, metrics }) =>
    places.includes('dashboard') ? Object.values(metrics).map(({ name }) => name) : [],
  );
  const told = await untilAllSeen(url, [...own, 'nodejs_eventloop_lag_seconds', 'process_cpu_seconds_total']);
  expect(told.sum('sparring_process_info', { role: 'dashboard' })).toBe(1);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ ready: true, state: 'showing', folder: 'shown' });
  expect(await (await fetch(url)).text()).toContain('<!doctype html>');
  child.kill('SIGINT');
  expect((await finished).code).toBe(0);
});
