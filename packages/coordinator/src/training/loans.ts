import type { Parameters } from '@sparring/training';

/**
 * Parameters that are lent to whoever measures them, under keys of their own: they stay as they are, whatever becomes of the run meanwhile,
 * until everybody to whom they were lent has given them back.
 */
export class Loans {
  readonly #lent = new Map<string, { readonly parameters: Parameters; borrowers: number }>();

  get(key: string): Parameters | undefined {
    return this.#lent.get(key)?.parameters;
  }

  /** Returns what gives them back; once is enough. */
  lend(key: string, parameters: Parameters): () => void {
    const loan = this.#lent.get(key) ?? { parameters, borrowers: 0 };
    this.#lent.set(key, loan);
    loan.borrowers++;
    let isOut = true;
    return () => {
      if (!isOut) return;
      isOut = false;
      if (--loan.borrowers === 0) this.#lent.delete(key);
    };
  }
}
