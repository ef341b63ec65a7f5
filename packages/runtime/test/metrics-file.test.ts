import { appendFileSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appendMetrics, RunFolderError, readMetrics, truncateMetrics } from '../dist/index.js';
import { epochRecord } from './epoch-record.ts';
import { scratchFolder } from './scratch-folder.ts';

const withDevFull = existsSync('/dev/full') ? it : it.skip;

async function threeEpochs(): Promise<string> {
  const folder = scratchFolder();
  for (const epoch of [1, 2, 3]) await appendMetrics(folder, epochRecord(500 * epoch, epoch));
  return folder;
}

describe('metrics.jsonl', () => {
  it('holds one JSON object a line, in order', async () => {
    const folder = await threeEpochs();
    const lines = readFileSync(join(folder, 'metrics.jsonl'), 'utf8').split('\n');
    const records = [1, 2, 3].map((epoch) => JSON.stringify(epochRecord(500 * epoch, epoch)));
    expect(lines).toEqual([...records, '']);
    expect((await readMetrics(folder)).map((record) => record.epoch)).toEqual([1, 2, 3]);
    expect(await readMetrics(scratchFolder())).toEqual([]);
  });

  it('has each epoch once after a resume', async () => {
    const folder = await threeEpochs();
    await truncateMetrics(folder, 1000);
    await appendMetrics(folder, { ...epochRecord(1500, 3), again: true });
    expect((await readMetrics(folder)).map((record) => record.step)).toEqual([500, 1000, 1500]);
    expect(readdirSync(folder)).toEqual(['metrics.jsonl']);
  });

  it('drops probes by themselves: the answer to one may be known later than its step is saved', async () => {
    const folder = scratchFolder();
    const probe = (step: number) => ({ kind: 'probe', step, errors: {}, action: 'none' });
    for (const step of [10, 20, 30]) {
      await appendMetrics(folder, epochRecord(step));
      await appendMetrics(folder, probe(step));
    }
    await truncateMetrics(folder, 20, 19);
    expect(await readMetrics(folder)).toEqual([epochRecord(10), probe(10), epochRecord(20)]);
    await truncateMetrics(folder, 10);
    expect(await readMetrics(folder)).toHaveLength(2);
  });

  it('drops a last line that a kill tore, also one that happens to parse', async () => {
    const folder = await threeEpochs();
    const file = join(folder, 'metrics.jsonl');
    const whole = readFileSync(file, 'utf8');
    for (const torn of ['{"step":20', '{"step":20}']) {
      appendFileSync(file, torn);
      expect(await readMetrics(folder)).toHaveLength(3);
      await truncateMetrics(folder, 1e9);
      expect(readFileSync(file, 'utf8')).toBe(whole);
    }
  });

  it('names the line that is not a record', async () => {
    const folder = scratchFolder();
    writeFileSync(join(folder, 'metrics.jsonl'), `${JSON.stringify(epochRecord(1))}\nnull\n`);
    await expect(readMetrics(folder)).rejects.toThrow(/metrics\.jsonl:2: expected a JSON object with a step, got null/);
  });

  it.each([
    [{ step: 30 }, 'epoch: expected a number, got nothing'],
    [{ ...epochRecord(30), loss: null }, 'loss: expected a number, got null'],
    [{ kind: 'probe', step: 30 }, 'errors: expected an object, got nothing'],
  ])('says what a record lacks: %j', async (record, fault) => {
    const folder = scratchFolder();
    writeFileSync(join(folder, 'metrics.jsonl'), `${JSON.stringify(record)}\n`);
    await expect(readMetrics(folder)).rejects.toThrow(`metrics.jsonl:1: ${fault}. Delete this line`);
  });

  withDevFull('says in one line that the disk is full', async () => {
    const folder = scratchFolder();
    symlinkSync('/dev/full', join(folder, 'metrics.jsonl'));
    const written = appendMetrics(folder, { step: 1 });
    await expect(written).rejects.toThrow(RunFolderError);
    await expect(written).rejects.toThrow(/^cannot write .*metrics\.jsonl: the disk is full \(ENOSPC\)$/);
  });

  it('leaves no file where there was none to truncate', async () => {
    const folder = scratchFolder();
    await truncateMetrics(folder, 10);
    expect(readdirSync(folder)).toEqual([]);
  });
});
