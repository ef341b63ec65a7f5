/** One line of figures, past jest, which would say where it comes from. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

export function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
