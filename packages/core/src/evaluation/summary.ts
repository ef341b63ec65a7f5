/** The two figures of the paper's tables, as fractions. */
export interface Summary {
  /** Fraction of the examples misclassified. */
  readonly error: number;
  /** Mean confidence on the misclassified examples; null where there are none, as 0 would be a figure that was not measured. */
  readonly confidence: number | null;
}

/** Sums up `outcome` over n examples, in float64. Throws where the lengths differ or there is no example. */
export function summarizeOutcomes(wrong: ArrayLike<number>, confidence: ArrayLike<number>): Summary {
  const n = wrong.length;
  if (n === 0 || confidence.length !== n) {
    throw new Error(
      `summarizeOutcomes: expected as many confidences as outcomes, at least 1, got ${confidence.length} and ${n}`,
    );
  }
  let mistakes = 0;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    if (wrong[i] === 0) continue;
    mistakes++;
    sum += confidence[i]!;
  }
  return { error: mistakes / n, confidence: mistakes === 0 ? null : sum / mistakes };
}
