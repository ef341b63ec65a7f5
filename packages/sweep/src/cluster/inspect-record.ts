import { type ModelPlaces, parseConfigYaml, writeConfigYaml } from '@sparring/runtime';
import { newRecord, type RunBytes, type SweepRecord } from '../record/sweep-record.js';

/** Of one sweep: its states are kept in the coordinator's memory, and told to clients. */
const mostRuns = 100_000;
const mostConfigurations = 1_000;

export interface InspectionPlace {
  /** `codeHash` of the coordinator's own. */
  readonly code: string;
  readonly models: ModelPlaces;
}

function areBytes({ checkpoint, checkpoints, files }: RunBytes): boolean {
  return [checkpoint, checkpoints, files].every((bytes) => Number.isSafeInteger(bytes) && bytes >= 0);
}

/** The record that a client has sent, or why it is not taken: what is written there decides what trainers compute, and what they load. */
export function inspectRecord(bytes: Uint8Array, { code, models }: InspectionPlace): SweepRecord | string {
  let sent: SweepRecord;
  try {
    sent = JSON.parse(new TextDecoder().decode(bytes)) as SweepRecord;
    if (sent?.format !== 'sparring-sweep/1') return 'not the record of a sweep of this version of sparring';
    const { seeds, configurations, maxAttempts } = sent;
    const isWhole = (value: unknown, most: number) =>
      Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most;
    if (!Array.isArray(seeds) || seeds.length === 0 || !seeds.every((seed) => isWhole(seed, 2 ** 32 - 1)))
      return 'its seeds are none';
    if (!Array.isArray(configurations) || configurations.length === 0) return 'it has no configuration';
    if (configurations.length > mostConfigurations)
      return `it has ${configurations.length} configurations; takes ${mostConfigurations} at most`;
    if (seeds.length * configurations.length > mostRuns)
      return `it has ${seeds.length * configurations.length} runs; takes ${mostRuns} at most over NATS: sweep over fewer seeds at a time`;
    if (!configurations.every(({ bytes }) => bytes === undefined || areBytes(bytes))) return 'its bytes are none';
    if (!isWhole(maxAttempts, 1_000_000) || maxAttempts < 1) return `maxAttempts: got ${maxAttempts}`;
  } catch (error) {
    return `not the record of a sweep: ${(error as Error).message}`;
  }
  if (sent.code !== code)
    return 'this client and the coordinator are different builds of sparring, whose bits may differ: install the same on all machines';
  try {
    for (const { label, config } of sent.configurations)
      parseConfigYaml(writeConfigYaml(config), `the configuration ${label}`, models);
    const { format: _, id, order: __, createdAt: ___, ...asked } = sent;
    const record = newRecord(asked);
    return record.id === id ? { ...record, createdAt: sent.createdAt } : 'its id is not that of what it asks for';
  } catch (error) {
    return (error as Error).message;
  }
}
