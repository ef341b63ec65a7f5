/** Time that has passed, and what of processors was used meanwhile, by all threads of a process together. */
export interface Spent {
  readonly ms: number;
  readonly cpuMs: number;
}

/** What this process has used. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
