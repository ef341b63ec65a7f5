import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CheckpointError,
  checkpointFile,
  checkpointStep,
  encodeSafetensors,
  hasCheckpoint,
  loadCheckpoint,
  RunFolderError,
  saveCheckpoint,
} from '../dist/index.js';
import { exampleCheckpoint } from './example-checkpoint.ts';
import { scratchFolder } from './scratch-folder.ts';

describe('saveCheckpoint', () => {
  it('keeps all that a run needs to go on', async () => {
    const folder = scratchFolder();
    expect(hasCheckpoint(folder, 'last')).toBe(false);
    expect(await checkpointStep(folder, 'last')).toBe(0);
    await saveCheckpoint(folder, 'last', exampleCheckpoint());
    expect(hasCheckpoint(folder, 'last')).toBe(true);
    expect(await loadCheckpoint(folder, 'last')).toEqual(exampleCheckpoint());
  });

  it('keeps the last and the best, and nothing else', async () => {
    const folder = scratchFolder();
    for (const step of [1, 2, 3]) await saveCheckpoint(folder, 'last', exampleCheckpoint(step));
    await saveCheckpoint(folder, 'best', exampleCheckpoint(2));
    expect(readdirSync(join(folder, 'checkpoints')).sort()).toEqual(['best.safetensors', 'last.safetensors']);
    expect((await loadCheckpoint(folder, 'last')).step).toBe(3);
    expect(await checkpointStep(folder, 'last')).toBe(3);
    expect((await loadCheckpoint(folder, 'best')).step).toBe(2);
  });

  it('writes what was there when it was called, whatever becomes of the tensors', async () => {
    const folder = scratchFolder();
    const checkpoint = exampleCheckpoint();
    const saved = saveCheckpoint(folder, 'last', checkpoint);
    checkpoint.parameters['hidden0/bias']!.data.fill(99);
    await saved;
    expect(await loadCheckpoint(folder, 'last')).toEqual(exampleCheckpoint());
  });

  it('says in one line that there is no folder to write to', async () => {
    const file = join(scratchFolder(), 'file');
    writeFileSync(file, '');
    const saved = saveCheckpoint(file, 'last', exampleCheckpoint());
    await expect(saved).rejects.toThrow(RunFolderError);
    await expect(saved).rejects.toThrow(
      /^cannot create .*checkpoints: a part of the path is not a folder \(ENOTDIR\)$/,
    );
  });
});

describe('loadCheckpoint', () => {
  it('names the file that is missing, truncated, corrupt or of another kind', async () => {
    const folder = scratchFolder();
    const file = checkpointFile(folder, 'last');
    const refusal = async () => {
      const error = await loadCheckpoint(folder, 'last').catch((error: Error) => error);
      expect(error).toBeInstanceOf(CheckpointError);
      return (error as Error).message;
    };
    expect(await refusal()).toBe(`${file}: no such checkpoint`);

    await saveCheckpoint(folder, 'last', exampleCheckpoint());
    const bytes = readFileSync(file);
    truncateSync(file, bytes.length - 1);
    expect(await refusal()).toMatch(/^.*last\.safetensors: corrupt checkpoint: truncated/);

    bytes[bytes.length - 5]! ^= 4;
    writeFileSync(file, bytes);
    expect(await refusal()).toBe(`${file}: corrupt checkpoint: its content does not match its SHA-256`);

    writeFileSync(file, encodeSafetensors({}, {}));
    expect(await refusal()).toBe(`${file}: expected the format sparring-checkpoint/1, got another`);
    writeFileSync(file, encodeSafetensors({}, { format: 'sparring-checkpoint/1', checkpoint: '{' }));
    expect(await refusal()).toMatch(/expected its step and state/);
  });

  it('says so where a folder is in its place', async () => {
    const folder = scratchFolder();
    mkdirSync(checkpointFile(folder, 'best'), { recursive: true });
    await expect(loadCheckpoint(folder, 'best')).rejects.toThrow(/^cannot read .*: it is a folder/);
  });
});
