import type { Logger } from '@sparring/runtime';

/** As many as a beat carries; and of each so much that beats stay small. */
const [most, longest] = [8, 500];

/** What a hindrance leads to. */
export const consequences = {
  unfit: 'its runs are left to others',
  full: 'its runs go on without storing checkpoints, and wait with their results',
} as const;

type Consequence = keyof typeof consequences;

/** What keeps this process from runs of sweeps, or from storing them: logged once, and told with its beats while it lasts. */
export class Hindrances {
  readonly #log: Logger;
  readonly #present = new Map<string, Partial<Record<Consequence, string>>>();
  readonly #logged = new Set<string>();

  constructor(log: Logger) {
    this.#log = log;
  }

  /** By sweep. */
  get all(): Readonly<Record<string, string>> {
    const told = [...this.#present].map(([sweep, reasons]) => {
      const words = Object.entries(reasons).map(([kind, reason]) => `${reason}: ${consequences[kind as Consequence]}`);
      return [sweep, words.join('; ').slice(0, longest)];
    });
    return Object.fromEntries(told.slice(-most));
  }

  tell(sweep: string, kind: Consequence, reason: string): void {
    this.#present.set(sweep, { ...this.#present.get(sweep), [kind]: reason });
    // Without figures, which change all the time: how much is free, for one.
    const known = `${sweep} ${kind} ${reason.replace(/\d[\d.,]*/g, '0')}`;
    if (this.#logged.has(known)) return;
    this.#logged.add(known);
    this.#log.error({ sweep, reason }, consequences[kind]);
  }

  /** It can be done again. */
  pass(sweep: string, kind: Consequence): void {
    const { [kind]: _, ...left } = this.#present.get(sweep) ?? {};
    if (Object.keys(left).length > 0) this.#present.set(sweep, left);
    else this.#present.delete(sweep);
  }
}
