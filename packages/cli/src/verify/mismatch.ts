/** The same steps gave other bits. A failure: exit code 1. */
export class Mismatch extends Error {
  override readonly name = 'Mismatch';

  constructor(step: number, what: 'parameters' | 'optimizer state', recorded: string, recomputed: string) {
    super(
      [
        `the ${what} after step ${step} differ:`,
        `  recorded    ${recorded}`,
        `  recomputed  ${recomputed}`,
        'The usual causes: another CPU model or instruction set than the run had, another engine, or another version of it.',
        'Bits are promised to be equal only where all of these are.',
      ].join('\n'),
    );
  }
}
