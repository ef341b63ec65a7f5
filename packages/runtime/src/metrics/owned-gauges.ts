/** A gauge of prom-client, whatever its labels. */
interface AnyGauge {
  set(labels: Record<string, string>, value: number): void;
  remove(labels: Record<string, string>): void;
}

/** The values that gauges have of one thing, a run or a sweep: all bear its labels, and leave with it. */
export class OwnedGauges {
  readonly #of: Readonly<Record<string, string>>;
  readonly #written = new Map<AnyGauge, Map<string, Record<string, string>>>();

  /** @param of The labels that all of them bear. */
  constructor(of: Readonly<Record<string, string>>) {
    this.#of = of;
  }

  /** null takes the value away. */
  set(gauge: AnyGauge, value: number | null, further: Readonly<Record<string, string>> = {}): void {
    const labels = { ...this.#of, ...further };
    const key = Object.values(further).join(' ');
    const written = this.#written.get(gauge) ?? new Map<string, Record<string, string>>();
    this.#written.set(gauge, written);
    if (value === null) {
      if (written.delete(key)) gauge.remove(labels);
      return;
    }
    written.set(key, labels);
    gauge.set(labels, value);
  }

  /** Takes all values of a gauge away. */
  clear(gauge: AnyGauge): void {
    for (const labels of this.#written.get(gauge)?.values() ?? []) gauge.remove(labels);
    this.#written.delete(gauge);
  }

  clearAll(): void {
    for (const gauge of [...this.#written.keys()]) this.clear(gauge);
  }
}
