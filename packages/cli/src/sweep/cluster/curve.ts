import type { EpochRecord } from '@sparring/coordinator';
import { type CurveEntry, keys, type MedianRule, type SweepStore } from '@sparring/sweep';

/** What the coordinator must know of a run to tell whether the median rule gives it up: its errors at the epochs that the rule looks at. */
export class Curve {
  readonly #store: SweepStore;
  readonly #identity: string;
  readonly #rule: MedianRule;
  readonly #epochs: Map<number, CurveEntry['epochs'][number]>;
  #told: Promise<unknown> = Promise.resolve();

  /** With what was told before the checkpoint that the run goes on from. */
  static async open(store: SweepStore, identity: string, rule: MedianRule): Promise<Curve> {
    const { epochs } = (await store.curve(identity))?.value ?? { epochs: [] };
    return new Curve(store, identity, rule, new Map(epochs.map((told) => [told[0], told])));
  }

  private constructor(
    store: SweepStore,
    identity: string,
    rule: MedianRule,
    epochs: Map<number, CurveEntry['epochs'][number]>,
  ) {
    this.#store = store;
    this.#identity = identity;
    this.#rule = rule;
    this.#epochs = epochs;
  }

  add({ epoch, validation }: EpochRecord): void {
    if (!this.#rule.epochs.includes(epoch)) return;
    this.#epochs.set(epoch, [epoch, validation?.clean?.error ?? null, validation?.fgsm?.error ?? null]);
    const entry: CurveEntry = { epochs: [...this.#epochs.values()].sort(([a], [b]) => a - b) };
    this.#told = this.#told.then(() => this.#store.durable.put(keys.curve(this.#identity), JSON.stringify(entry)));
    this.#told.catch(() => {});
  }

  /** Resolves when the store has all of it. */
  async told(): Promise<void> {
    await this.#told;
  }
}
