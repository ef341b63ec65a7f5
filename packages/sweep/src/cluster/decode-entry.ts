import { Malformed } from '@sparring/protocol';
import type { RunResult } from '../record/ledger-event.js';
import type { Claim, CurveEntry, ResultEntry, RunEntry, Standing } from './run-entry.js';
import type { Header } from './sweep-store.js';

/** What a cluster's store keeps of sweeps and runs, by the word with which the keys begin. */
export interface Entries {
  readonly sweep: Header;
  readonly run: RunEntry;
  readonly result: ResultEntry;
  readonly curve: CurveEntry;
}

/** A value as the store has it, or why it is none: whoever may write there may have written anything. */
export function decodeEntry<Kind extends keyof Entries>(kind: Kind, text: string): Entries[Kind] | Malformed {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return new Malformed('undecodable', 'it is not JSON');
  }
  return checks[kind](value)
    ? (value as Entries[Kind])
    : new Malformed('invalid', `it is not what is kept of a ${kind}`);
}

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isNumber: Check = (value) => Number.isFinite(value);
const isCount: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const isBoolean: Check = (value) => typeof value === 'boolean';
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const oneOf =
  <Value>(...values: readonly Value[]): Check =>
  (value) =>
    values.includes(value as Value);
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const orAbsent =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
/** Each field of a type has its check. */
const fields =
  <Type>(each: Record<keyof Type, Check>): Check =>
  (value) =>
    isObject(value) && Object.entries<Check>(each).every(([name, check]) => check(value[name]));
const allAre =
  (check: Check): Check =>
  (value) =>
    isObject(value) && Object.values(value).every(check);
const isTold: Check = (value) =>
  Array.isArray(value) && value.length === 3 && isCount(value[0]) && value.slice(1).every(orNull(isNumber));

const checks: Record<keyof Entries, Check> = {
  sweep: fields<Header>({
    wish: oneOf<Header['wish']>('run', 'pause', 'cancel'),
    record: isText,
    stops: orAbsent(isCount),
  }),
  run: fields<RunEntry>({
    claim: orNull(
      fields<Claim>({
        ...{ owner: isText, process: isText, sweep: isText, at: isText, broker: isText },
        stops: orAbsent(isCount),
      }),
    ),
    deaths: isCount,
    claimedAtStep: orNull(isCount),
    step: isCount,
    files: allAre(isText),
    sweeps: allAre(
      fields<Standing>({
        attempts: isCount,
        error: orNull(isText),
        failed: isBoolean,
        pruned: orNull(fields<NonNullable<Standing['pruned']>>({ epoch: isCount, error: isNumber, median: isNumber })),
      }),
    ),
  }),
  result: fields<ResultEntry>({
    result: fields<RunResult>({
      ...{ clean: orNull(isNumber), fgsm: orNull(isNumber), pgd: orNull(isNumber) },
      ...{ seconds: isNumber, steps: isCount, parametersDigest: isText, optimizerDigest: isText },
    }),
    at: isText,
    process: isText,
  }),
  curve: fields<CurveEntry>({ epochs: (value) => Array.isArray(value) && value.every(isTold) }),
};
