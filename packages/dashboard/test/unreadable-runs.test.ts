import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Dashboard, RunsFolder } from '@sparring/dashboard';
import { HttpServer, resolveConfig, writeConfigYaml } from '@sparring/runtime';

const config = writeConfigYaml(resolveConfig({ recipeOrFile: 'softmax' }).config);
const [sound, damaged, wrong] = ['b-s0-20261101-101530-ab12', 'a-s0-20261103-101530-ab12', 'c-s0-20261102-101530-ab12'];

const options = { invocation: 'npx sparring' };

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'sparring-unreadable-'));
  for (const id of [sound, damaged, wrong]) {
    await mkdir(join(root, id));
    await writeFile(join(root, id, 'config.yaml'), config);
  }
  await writeFile(join(root, damaged, 'metrics.jsonl'), '{"step":1\n');
  await writeFile(join(root, wrong, 'config.yaml'), config.replace(/^epochs: .*$/m, 'epochs: many'));
});
afterEach(() => rm(root, { recursive: true }));

it('are listed with what is wrong with them, in one line, among the others, newest first', async () => {
  const rows = await new RunsFolder(root, options).list();
  expect(rows).toEqual([
    { id: damaged, fault: expect.stringContaining(`${damaged}/metrics.jsonl:1: expected a JSON object with a step`) },
    { id: wrong, fault: expect.stringContaining(`(${wrong}/config.yaml): epochs: got "many"`) },
    expect.objectContaining({ id: sound, status: 'interrupted' }),
  ]);
  expect(JSON.stringify(rows)).not.toMatch(/\\n/);
});

it('are told as such until they can be read, though they could be read before', async () => {
  const runs = new RunsFolder(root, options);
  const faults = async () => (await runs.list()).flatMap((row) => ('fault' in row ? [row.id] : []));
  expect(await faults()).toEqual([damaged, wrong]);
  await rm(join(root, damaged, 'metrics.jsonl'));
  expect(await faults()).toEqual([wrong]);
  await writeFile(join(root, damaged, 'metrics.jsonl'), 'none of ours\n');
  // It is looked at again after a second.
  while (!(await faults()).includes(damaged)) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await faults()).toEqual([damaged, wrong]);
});

it('have no page, and whoever asks for it is told why', async () => {
  const server = await HttpServer.open({ host: '127.0.0.1', port: 0 });
  const dashboard = new Dashboard({ runs: new RunsFolder(root, options), ...options });
  server.mount(dashboard.handle);
  const response = await fetch(`${server.url}/api/runs/${damaged}`);
  expect([response.status, await response.text()]).toEqual([500, expect.stringContaining('metrics.jsonl:1: expected')]);
  await dashboard.close();
  await server.close();
});
