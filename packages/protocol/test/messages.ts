import fc from 'fast-check';

/** How many messages a property is tried with: SPARRING_FUZZ_RUNS raises it. */
export const runs = (numRuns = 100): { numRuns: number } => ({
  numRuns: Number(process.env.SPARRING_FUZZ_RUNS ?? numRuns),
});

/** What fields may hold. */
export const count = fc.oneof(fc.nat(9), fc.maxSafeNat());
export const text = fc.string({ unit: 'binary', maxLength: 60 });
export const bytes = fc.uint8Array({ maxLength: 40 });
