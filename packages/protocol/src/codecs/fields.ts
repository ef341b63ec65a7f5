import { Malformed } from '../codec.js';

/*
 * What a head's fields may hold. Protobuf itself only says of what type they are, and that one which is absent is 0 or empty. Each check
 * throws `Malformed`, names the field, and says what it takes.
 */

/** 64-bit integers are decoded as objects, as not all of them are numbers. */
type Integer = number | { toNumber(): number };

const longest = { id: 200, text: 4_000, json: 1 << 20 };

/** A whole number that JavaScript can hold exactly. */
export function integer(value: Integer, field: string, least = 0): number {
  const number = typeof value === 'number' ? value : value.toNumber();
  if (Number.isSafeInteger(number) && number >= least) return number;
  throw invalid(field, `a whole number from ${least} to 2^53 - 1`, number);
}

export function duration(value: number, field: string): number {
  if (Number.isFinite(value) && value >= 0) return value;
  throw invalid(field, 'milliseconds, 0 or more', value);
}

/** What names something: a worker, a lease, an engine, a checksum. */
export function id(value: string, field: string): string {
  if (/^[^\s\p{C}]+$/u.test(value) && value.length <= longest.id) return value;
  throw invalid(field, `1 to ${longest.id} visible characters`, value);
}

/** A run's name: it becomes part of subjects and of paths. */
export function runName(value: string, field = 'run'): string {
  if (/^[\w/-]+$/.test(value) && value.length <= longest.id) return value;
  throw invalid(field, `1 to ${longest.id} letters, digits, "-", "_" and "/"`, value);
}

/** Where the field may be empty, and be checked as `check` does where it is not. */
export function orEmpty(check: (value: string, field: string) => string) {
  return (value: string, field: string): string => (value === '' ? value : check(value, field));
}

/** Words for people, or a name that somebody else gave. */
export function text(value: string, field: string): string {
  if (value.length <= longest.text) return value;
  throw invalid(field, `at most ${longest.text} characters`, `${value.length} of them`);
}

/** As much of a text as `text` takes, in well-formed Unicode: what an error says is of any length. */
export function fitting(value: string): string {
  return Buffer.from(value.slice(0, longest.text)).toString();
}

export function json(value: string, field: string): string {
  if (value.length > longest.json)
    throw invalid(field, `at most ${longest.json} characters`, `${value.length} of them`);
  try {
    JSON.parse(value);
    return value;
  } catch {
    throw invalid(field, 'JSON', value);
  }
}

/** A path within a folder, with slashes. */
export function relativePath(value: string, field: string): string {
  const segments = value.split('/');
  const within = segments.every((segment) => segment !== '' && segment !== '.' && segment !== '..');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (within && !/[\\:\x00-\x1f]/.test(value)) return text(value, field);
  throw invalid(field, 'a path within the folder, with slashes', value);
}

/** A message that may be absent on the wire, and must not be here. */
export function present<Field>(value: Field | null | undefined, field: string): Field {
  if (value !== null && value !== undefined) return value;
  throw invalid(field, 'one of them', 'none');
}

/** How many of what, by name. */
export function counts(value: Readonly<Record<string, Integer>>, field: string): Record<string, number> {
  return Object.fromEntries(Object.entries(value).map(([key, count]) => [id(key, field), integer(count, field)]));
}

/** Words here, numbers on the wire. */
export function words<Word extends string>(numbers: Readonly<Record<Word, number>>) {
  const byNumber = new Map((Object.keys(numbers) as Word[]).map((word) => [numbers[word], word]));
  return {
    toWire: (word: Word): number => numbers[word],
    fromWire(value: number, field: string): Word {
      const word = byNumber.get(value);
      if (word !== undefined) return word;
      throw invalid(field, [...byNumber.values()].join(', '), value);
    },
  };
}

export function invalid(field: string, takes: string, got: unknown): Malformed {
  return new Malformed('invalid', `${field}: expected ${takes}, got ${JSON.stringify(got)?.slice(0, 80)}`);
}
