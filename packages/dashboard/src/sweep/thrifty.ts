/** Of all time no more than a twentieth is spent on renewing a value. */
const shareOfTime = 20;

/** A value that is made anew where something has changed, but not more often than it is worth. */
export class Thrifty<Value> {
  #value: Value | undefined;
  #of: string | undefined;
  #notBefore = 0;
  /** Goes up whenever it is made anew. */
  revision = 0;

  get value(): Value {
    return this.#value as Value;
  }

  /** @param of What it is made of: made anew where that is another. `whole`: at once. */
  renew(of: string, make: () => Value, { whole = false } = {}): Value {
    if (this.revision > 0 && (of === this.#of || (!whole && performance.now() < this.#notBefore))) return this.value;
    const beganAt = performance.now();
    const made = make();
    this.#value = made;
    this.#of = of;
    this.revision++;
    const done = () => {
      const now = performance.now();
      this.#notBefore = now + shareOfTime * (now - beganAt);
    };
    done();
    if (made instanceof Promise) made.then(done, done);
    return made;
  }
}
