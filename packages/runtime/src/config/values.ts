import { z } from 'zod';

// Leaves of the schema. The message of each is what the option takes, so that a fault can say it whatever was wrong.

export const atLeast = (least: number) => {
  const takes = `a number of at least ${least}`;
  return z.number({ error: takes }).min(least, { error: takes });
};

export const between = (least: number, most: number) => {
  const takes = `a number from ${least} to ${most}`;
  return z.number({ error: takes }).min(least, { error: takes }).max(most, { error: takes });
};

export const above = (bound: number) => {
  const takes = `a number above ${bound}`;
  return z.number({ error: takes }).gt(bound, { error: takes });
};

/** A probability of being kept: dropping everything is no net. */
export const keepProbability = () => {
  const takes = 'a number above 0 and at most 1';
  return z.number({ error: takes }).gt(0, { error: takes }).max(1, { error: takes });
};

export const wholeAtLeast = (least: number, most = Number.MAX_SAFE_INTEGER) => {
  const upTo = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  const takes = `a whole number ${upTo}`;
  return z.int({ error: takes }).min(least, { error: takes }).max(most, { error: takes });
};

export const flag = () => z.boolean({ error: 'true or false' });

export const text = (takes: string) => z.string({ error: takes }).min(1, { error: takes });

export const oneOf = <const Names extends readonly [string, ...string[]]>(...names: Names) =>
  z.enum(names, { error: names.length === 1 ? names[0] : `one of ${names.join(', ')}` });

/** An object that refuses keys it does not know; for those the message is the list of those it knows. */
export const section = <Shape extends z.core.$ZodLooseShape>(takes: string, shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? knownKeys(shape) : takes),
  });

// $schema is for editors alone.
const knownKeys = (shape: object) =>
  `one of ${Object.keys(shape)
    .filter((key) => key !== '$schema')
    .join(', ')}`;
