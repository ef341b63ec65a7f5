import { appendFileSync } from 'node:fs';

/** Notes how long something took in the file that SPARRING_FIGURES names, where it names one: for the table of docs/FAILURES.md. */
export function note(what: string, ms: number): void {
  const file = process.env.SPARRING_FIGURES;
  if (file) appendFileSync(file, `${what}: ${(ms / 1_000).toFixed(1)} s\n`);
}
