/** What a set of numbers comes to. */
export interface Description {
  readonly n: number;
  readonly mean: number;
  /** Of the sample, with n − 1; null of a single number. */
  readonly std: number | null;
  readonly min: number;
  readonly max: number;
}

/** null of no numbers. */
export function describe(values: readonly number[]): Description | null {
  const n = values.length;
  if (n === 0) return null;
  const mean = sum(values) / n;
  const std = n === 1 ? null : Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / (n - 1));
  return { n, mean, std, min: values.reduce((a, b) => Math.min(a, b)), max: values.reduce((a, b) => Math.max(a, b)) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
