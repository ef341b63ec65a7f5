import { eventually } from './eventually.ts';

/** What a process's endpoint told: its samples, by name and labels. */
export class Scrape {
  readonly #samples: readonly (readonly [name: string, labels: string, value: number])[];

  /** @param url Of the process's port, without a path. */
  static async of(url: string): Promise<Scrape> {
    return new Scrape(await (await fetch(`${url}/metrics`)).text());
  }

  constructor(text: string) {
    this.#samples = [...text.matchAll(/^(\w+)(?:\{(.*)\})? (\S+)$/gm)].map(
      ([, name, labels, value]) => [name!, labels ?? '', Number(value)] as const,
    );
  }

  /** The names of the metrics that have a value: of a histogram its own, without what its series end in. */
  get names(): ReadonlySet<string> {
    return new Set(this.#samples.map(([name]) => name.replace(/_duration_seconds_\w+$/, '_duration_seconds')));
  }

  /** The sum of a metric's samples that bear these labels; null where there is none. */
  sum(name: string, labels: Readonly<Record<string, string>> = {}): number | null {
    const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
    const matching = this.#samples.filter(
      ([given, own]) => given === name && wanted.every((label) => own.split(',').includes(label)),
    );
    return matching.length === 0 ? null : matching.reduce((sum, [, , value]) => sum + value, 0);
  }
}

/** Scrapes until each of these metrics had a value once. Returns the last scrape. */
export async function untilAllSeen(url: string, names: readonly string[]): Promise<Scrape> {
  const missing = new Set(names);
  let last = new Scrape('');
  await eventually(
    async () => {
      last = await Scrape.of(url);
      for (const name of last.names) missing.delete(name);
      return [...missing];
    },
    (left) => left.length === 0,
  );
  return last;
}
