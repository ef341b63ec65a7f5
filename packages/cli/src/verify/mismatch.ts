import type { Machine } from '../train/this-machine.js';

/** Two digests of the same tensors after the same step. */
export interface Difference {
  readonly step: number;
  readonly what: 'parameters' | 'optimizer state';
  readonly recorded: string;
  readonly recomputed: string;
}

/** The same steps gave other bits. A failure: exit code 1. */
export class Mismatch extends Error {
  override readonly name = 'Mismatch';

  /** @param had where the run was finished; null where it was not */
  constructor({ step, what, recorded, recomputed }: Difference, had: Machine | null, has: Machine) {
    super(
      [
        `the ${what} after step ${step} differ:`,
        `  recorded    ${recorded}`,
        `  recomputed  ${recomputed}`,
        'The usual causes: another CPU model or instruction set than the run had, another engine, or another version of it.',
        ...(had ? [`  the run had  ${described(had)}`] : []),
        `  here is      ${described(has)}`,
      ].join('\n'),
    );
  }
}

function described({ cpu, platform, engineVersion }: Machine): string {
  return `${cpu}, ${platform}, ${engineVersion}`;
}
