import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolveConfig, writeConfigYaml } from '@sparring/runtime';
import type { Client } from '../dist/cluster/client.js';
import { fetchRun } from '../dist/cluster/fetch-run.js';

const config = Buffer.from(writeConfigYaml(resolveConfig({ recipeOrFile: 'demo' }).config));
const file = {
  path: 'config.yaml',
  bytes: config.length,
  sha256: createHash('sha256').update(config).digest('hex'),
};

/** Answers as a cluster that keeps a run of one file. */
const client = {
  ask: (question: (bus: object, options: object) => unknown) =>
    question(
      { request: ({ name }: { name: string }) => (name.endsWith('.files') ? { files: [file] } : { bytes: config }) },
      {},
    ),
} as unknown as Client;

describe('fetching a run', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'sparring-fetch-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('replaces the folder that was fetched before, and leaves nothing beside it', async () => {
    mkdirSync(join(root, 'demo-s0'));
    writeFileSync(join(root, 'demo-s0', 'old'), '');
    const { path } = await fetchRun(client, 'demo-s0', root);
    expect(path).toBe(join(root, 'demo-s0'));
    expect(readdirSync(root)).toEqual(['demo-s0']);
    expect(readdirSync(path)).toEqual(['config.yaml']);
  });

  it('never touches a folder elsewhere, whatever the run is called', async () => {
    const elsewhere = join(root, 'home');
    mkdirSync(elsewhere);
    for (const run of [elsewhere, '../home', 'a/b', '..', '.', '']) {
      await expect(fetchRun(client, run, join(root, 'runs'))).rejects.toThrow('not by a path');
    }
    expect(existsSync(elsewhere)).toBe(true);
    expect(readdirSync(root)).toEqual(['home']);
  });
});
