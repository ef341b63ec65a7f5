import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type MetricsRecord, readMetrics } from '@sparring/runtime';
import { titleOf } from '../view/facts.js';
import type { EpochView, NetKey, NetView, ProbeView } from '../view/run-view.js';

/** What `metrics.jsonl` has of a net. */
export async function readRecords(folder: string): Promise<Pick<NetView, 'records' | 'probes'>> {
  const lines = await readMetrics(folder);
  return {
    records: lines.filter((line) => !isProbe(line)) as unknown as EpochView[],
    probes: lines.filter(isProbe) as unknown as ProbeView[],
  };
}

/** Of a folder that somebody else may write to at this moment. */
export async function readNet(folder: string, key: NetKey, epochs: number, isOver: boolean): Promise<NetView> {
  const { records, probes } = await readRecords(folder);
  const last = records.at(-1);
  const hasCheckpoint = await exists(join(folder, 'checkpoints', 'last.safetensors'));
  return {
    ...{ key, title: titleOf(key), epochs, points: [], records, probes },
    stage: isOver ? 'done' : last || hasCheckpoint ? 'training' : 'waiting',
    lastStep: last ? Math.round((last.step / last.epoch) * epochs) : 0,
    now: last ? { step: last.step, loss: last.loss, examplesPerSecond: last.examplesPerSecond } : null,
    picturesStep: hasCheckpoint ? (last?.step ?? 0) : null,
  };
}

function isProbe(line: MetricsRecord): boolean {
  return line.kind === 'probe';
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}
