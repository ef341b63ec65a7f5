/** What many measurements of one thing come to. */
export interface Estimate {
  readonly median: number;
  /** Holds the median of what is measured with a probability of 95 % at least. */
  readonly interval: readonly [low: number, high: number];
}

const confidence = 0.95;

/**
 * The median, and its interval by order statistics, whatever the distribution: as many values lie below the median as a fair coin shows
 * heads. Six values at least; the interval of fewer holds it less often than that.
 */
export function estimate(values: readonly number[]): Estimate {
  const sorted = [...values].sort((a, b) => a - b);
  const outside = mostOutside(sorted.length);
  return { median: median(sorted), interval: [sorted[outside]!, sorted.at(-1 - outside)!] };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}

/** How many of the smallest values, and as many of the largest, may be left out. */
function mostOutside(n: number): number {
  // How likely n tosses show just so many heads, as a logarithm since it may be tiny, and at most so many.
  let logExactly = n * Math.log(0.5);
  let atMost = Math.exp(logExactly);
  let outside = -1;
  while (atMost <= (1 - confidence) / 2) {
    outside++;
    logExactly += Math.log((n - outside) / (outside + 1));
    atMost += Math.exp(logExactly);
  }
  return Math.max(0, outside);
}
