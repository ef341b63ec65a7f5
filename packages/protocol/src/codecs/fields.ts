import { Malformed } from '../codec.js';
import type { Lineage } from '../tasks.js';

/*
 * What a head's fields may hold. Protobuf itself only says of what type they are, and takes an absent one for 0 or empty. Each check
 * throws `Malformed`, names the field, and says what it takes.
 */

type Absent = null | undefined;
type Check = (value: string | Absent, field: string) => string;
/** 64-bit integers are decoded as objects, since not all of them are numbers. */
type Integer = number | { toNumber(): number };

/** In UTF-16 units. */
const longest = { id: 200, text: 4_000, longText: 1 << 20 };
/** There are fewer reasons, and what a worker counts is kept for as long as it lives. */
const mostCounts = 32;
/** Of each worker that is heard, they are kept. */
export const mostTexts = 8;

/** A whole number that JavaScript holds exactly. */
export function integer(value: Integer | Absent, field: string, least = 0): number {
  const number = typeof value === 'object' && value !== null ? value.toNumber() : (value ?? 0);
  if (Number.isSafeInteger(number) && number >= least) return number;
  throw invalid(field, `a whole number from ${least} to 2^53 - 1`, number);
}

/** Of how often the run was rolled back; absent where it never was. */
export function lineage({ rollbacks }: { readonly rollbacks?: Integer | Absent }): Lineage {
  const number = integer(rollbacks, 'rollbacks');
  return number > 0 ? { rollbacks: number } : {};
}

export function duration(value: number | Absent, field: string): number {
  const ms = value ?? 0;
  if (Number.isFinite(ms) && ms >= 0) return ms;
  throw invalid(field, 'milliseconds, 0 or more', ms);
}

/** What names something: a worker, a lease, an engine, a checksum. */
export const id = matching(/^[^\s\p{C}]+$/u, 'visible characters');

/** Of a run that is submitted, followed and fetched: it becomes the name of a folder. */
export const runId = matching(/^[\w-]+$/, 'letters, digits, "-" and "_"');

/** What a run's subjects contain: its id, or that of a part of it, as `<id>/twin`. */
export const runName = matching(/^[\w-]+(?:\/[\w-]+)*$/, 'letters, digits, "-" and "_", in parts with one "/" between');

/** What becomes a key of an object, whose prototype it must not be: a tensor's name, a reason. */
export const key = matching(/^(?!__proto__$)\P{Cc}+$/u, 'characters, and not __proto__');

/** In UTF-16 units. */
export const longestKey = longest.id;

function matching(pattern: RegExp, what: string): Check {
  return (value, field) => {
    if (value && value.length <= longest.id && pattern.test(value)) return value;
    throw invalid(field, `1 to ${longest.id} ${what}`, value ?? '');
  };
}

export function sha256(value: string | Absent, field: string): string {
  if (value && /^[0-9a-f]{64}$/.test(value)) return value;
  throw invalid(field, '64 hexadecimal digits', value ?? '');
}

/** For a field that may be empty. */
export function orEmpty(check: Check): Check {
  return (value, field) => (value ? check(value, field) : '');
}

/** Words for people, or a name that somebody else gave. Terminals obey control characters: all but newline and tab are replaced. */
export function text(value: string | Absent, field: string): string {
  return short(value, field).replace(/[^\P{Cc}\n\t]/gu, '\ufffd');
}

function short(value: string | Absent, field: string): string {
  const words = value ?? '';
  if (words.length <= longest.text) return words;
  throw invalid(field, `at most ${longest.text} characters`, words.length);
}

/** As much of a text as `text` takes, in well-formed Unicode: what an error says is of any length. */
export function fitting(value: string): string {
  return Buffer.from(value.slice(0, longest.text)).toString();
}

/** A file's text, or an event's. */
export function longText(value: string | Absent, field: string): string {
  const written = value ?? '';
  if (written.length <= longest.longText) return written;
  throw invalid(field, `at most ${longest.longText} characters`, written.length);
}

export function json(value: string | Absent, field: string): string {
  const written = longText(value, field);
  try {
    JSON.parse(written);
    return written;
  } catch {
    throw invalid(field, 'JSON', written);
  }
}

/** Within a folder, with slashes. */
export function relativePath(value: string | Absent, field: string): string {
  const path = short(value, field);
  const goesOut = path.split('/').some((segment) => segment === '' || segment === '.' || segment === '..');
  if (!goesOut && !/[\\:\p{Cc}]/u.test(path)) return path;
  throw invalid(field, 'a path within the folder, with slashes', path);
}

/** A message that may be absent for protobuf, and must not be. */
export function present<Field>(value: Field | Absent, field: string): Field {
  if (value !== null && value !== undefined) return value;
  throw invalid(field, 'a value', 'none');
}

/** How many of what, by name. */
export function counts(value: Readonly<Record<string, Integer>> | Absent, field: string): Record<string, number> {
  const given = Object.entries(value ?? {});
  if (given.length > mostCounts) throw invalid(field, `at most ${mostCounts} names`, given.length);
  return Object.fromEntries(given.map(([name, count]) => [key(name, field), integer(count, field)]));
}

/** What is said of what, by name. */
export function texts(value: Readonly<Record<string, string>> | Absent, field: string): Record<string, string> {
  const given = Object.entries(value ?? {});
  if (given.length > mostTexts) throw invalid(field, `at most ${mostTexts} names`, given.length);
  return Object.fromEntries(given.map(([name, said]) => [key(name, field), text(said, field)]));
}

/** Words here, numbers on the wire. */
export function words<Word extends string>(numbers: Readonly<Record<Word, number>>) {
  const byNumber = new Map((Object.keys(numbers) as Word[]).map((word) => [numbers[word], word]));
  return {
    toWire: (word: Word): number => numbers[word],
    fromWire(value: number | Absent, field: string): Word {
      const word = byNumber.get(value ?? 0);
      if (word !== undefined) return word;
      throw invalid(field, [...byNumber.values()].join(', '), value ?? 0);
    },
  };
}

export function invalid(field: string, takes: string, got: string | number): Malformed {
  const shown = typeof got === 'string' ? JSON.stringify(got.slice(0, 80)) : got;
  return new Malformed('invalid', `${field}: expected ${takes}, got ${shown}`);
}
