type Tensors = Readonly<Record<string, ArrayLike<number>>>;

/** How far two sets of tensors are apart: the largest difference, relative to the largest element of its tensor. */
export function difference(got: Tensors, expected: Tensors): number {
  expect(Object.keys(got).sort()).toEqual(Object.keys(expected).sort());
  let worst = 0;
  for (const [name, values] of Object.entries(expected)) {
    worst = Math.max(
      worst,
      differenceWhere(got[name]!, values, () => true),
    );
  }
  return worst;
}

/** The same for one tensor, at the elements that count. */
export function differenceWhere(
  got: ArrayLike<number>,
  expected: ArrayLike<number>,
  counts: (i: number) => boolean,
): number {
  expect(got.length).toBe(expected.length);
  let [worst, largest] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    largest = Math.max(largest, Math.abs(expected[i]!));
    if (!counts(i) || got[i] === expected[i]) continue;
    const apart = Math.abs(got[i]! - expected[i]!);
    worst = Math.max(worst, Number.isNaN(apart) ? Number.POSITIVE_INFINITY : apart);
  }
  return worst === 0 ? 0 : worst / largest;
}

/** Where the sign of a gradient is beyond doubt: it exceeds a millionth of the largest. */
export function decided(gradient: ArrayLike<number>): (i: number) => boolean {
  let largest = 0;
  for (let i = 0; i < gradient.length; i++) largest = Math.max(largest, Math.abs(gradient[i]!));
  return (i) => Math.abs(gradient[i]!) > 1e-6 * largest;
}
