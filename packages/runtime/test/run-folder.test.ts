import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findRun, newRunId, RunFolder, RunFolderError, resolveConfig } from '../dist/index.js';
import { epochRecord } from './epoch-record.ts';
import { exampleCheckpoint } from './example-checkpoint.ts';
import { exampleSummary } from './example-summary.ts';
import { scratchFolder } from './scratch-folder.ts';

const { config } = resolveConfig({ recipeOrFile: 'demo' });

describe('RunFolder', () => {
  it('is named after the run, its seed and the time', () => {
    expect(newRunId(config, new Date('2026-11-23T10:15:30.999Z'))).toMatch(/^demo-s0-20261123-101530-[0-9a-f]{4}$/);
  });

  it('is created with its configuration and claimed', async () => {
    const root = join(scratchFolder(), 'deep', 'runs');
    const folder = await RunFolder.create(root, config);
    expect(folder.path).toBe(join(root, folder.id));
    expect(readdirSync(folder.path).sort()).toEqual(['config.yaml', 'lock']);
    expect(folder.readConfig()).toEqual(config);
    await expect(RunFolder.open(folder.path)).rejects.toThrow(/the run is in use/);
    expect(RunFolder.read(folder.path).readConfig()).toEqual(config);
    await folder.release();
    await (await RunFolder.open(folder.path)).release();
  });

  it('never shares a name', async () => {
    const root = scratchFolder();
    const folders = await Promise.all(Array.from({ length: 20 }, () => RunFolder.create(root, config)));
    expect(new Set(folders.map((folder) => folder.id)).size).toBe(20);
  });

  it("keeps metrics, checkpoints and summary, and the twin's apart", async () => {
    const folder = await RunFolder.create(scratchFolder(), config);
    const twin = await folder.twin();
    expect(await folder.readSummary()).toBeNull();
    await folder.appendMetrics(epochRecord(1));
    await twin.appendMetrics(epochRecord(2));
    await twin.saveCheckpoint('last', exampleCheckpoint(9));
    await folder.writeSummary(exampleSummary());
    expect(await folder.readSummary()).toEqual(exampleSummary());
    expect(await folder.readMetrics()).toEqual([epochRecord(1)]);
    expect(await twin.readMetrics()).toEqual([epochRecord(2)]);
    expect(folder.hasCheckpoint('last')).toBe(false);
    expect((await twin.loadCheckpoint('last')).step).toBe(9);
    expect(folder.readConfig()).toEqual(config);
    await folder.release();
  });

  it('is cleared, when opened, of what a killed process was writing', async () => {
    const folder = await RunFolder.create(scratchFolder(), config);
    await folder.saveCheckpoint('last', exampleCheckpoint());
    await folder.release();
    writeFileSync(join(folder.path, 'checkpoints', '.last.safetensors.0123456789ab.tmp'), 'half');
    writeFileSync(join(folder.path, '.summary.json.0123456789ab.tmp'), 'half');
    const opened = await RunFolder.open(folder.path);
    expect(readdirSync(opened.path).sort()).toEqual(['checkpoints', 'config.yaml', 'lock']);
    expect(readdirSync(join(opened.path, 'checkpoints'))).toEqual(['last.safetensors']);
    await opened.release();
  });

  it('says in one line that it cannot be created, and leaves nothing', async () => {
    const root = scratchFolder();
    writeFileSync(join(root, 'file'), 'content');
    const created = RunFolder.create(join(root, 'file', 'runs'), config);
    await expect(created).rejects.toThrow(RunFolderError);
    await expect(created).rejects.toThrow(
      /^cannot create a run's folder in .*: a part of the path is not a folder \(ENOTDIR\)$/,
    );
    expect(readdirSync(root)).toEqual(['file']);
    expect(readFileSync(join(root, 'file'), 'utf8')).toBe('content');
  });

  (existsSync('/proc/self') ? it : it.skip)('says so of a file system that takes no folders', async () => {
    await expect(RunFolder.create('/proc/runs', config)).rejects.toThrow(
      /^cannot create a run's folder in \/proc\/runs: [^\n]*$/,
    );
  });

  it('says what is no run', () => {
    expect(() => RunFolder.read(scratchFolder())).toThrow(/no run's folder: it has no config.yaml/);
  });

  it('says that a summary is damaged', async () => {
    const folder = await RunFolder.create(scratchFolder(), config);
    const { test, ...rest } = exampleSummary();
    for (const [text, fault] of [
      ['{', 'not JSON: '],
      ['{}', 'status: expected a string, got nothing. Delete this file, and the run can be resumed'],
      ['null', 'status: expected a string, got nothing'],
      [JSON.stringify({ ...rest, test: { ...test, pgd: null } }), 'test.pgd.error: expected a number, got nothing'],
      [JSON.stringify({ ...rest, test, evaluation: 3 }), 'evaluation.examples: expected a number, got nothing'],
      [JSON.stringify({ ...rest, test, twin: {} }), 'twin.test.clean.error: expected a number, got nothing'],
    ] as const) {
      writeFileSync(join(folder.path, 'summary.json'), text);
      await expect(folder.readSummary()).rejects.toThrow(`summary.json: ${fault}`);
    }
    await folder.release();
  });
});

describe('findRun', () => {
  it('finds a run by path, id, or the beginning of one', async () => {
    const root = scratchFolder();
    const { path, id } = await RunFolder.create(root, config);
    mkdirSync(join(root, 'not-a-run'));
    for (const name of [path, id, 'demo-s0']) expect(findRun(name, root)).toBe(path);
    const near = `${id.slice(0, -1)}z`;
    expect(() => findRun(near, root)).toThrow(`${near}: no such run; did you mean ${id}?`);
    await RunFolder.create(root, config);
    expect(() => findRun('demo', root)).toThrow(/several runs begin so/);
    expect(() => findRun('x', join(root, 'none'))).toThrow(/there are none in/);
  });
});
