import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** A label's values, where they are few and known; otherwise what bounds them, in words. */
export type Labels = Readonly<Record<string, readonly string[] | string>>;

/** A metric before there is a registry: what docs/METRICS.md lists. */
export interface Definition<Kind extends 'counter' | 'gauge' | 'histogram', L extends Labels> {
  readonly kind: Kind;
  readonly name: string;
  /** One line, with the unit where the name does not say it. */
  readonly help: string;
  readonly labels: L;
}

/** Processes that have a metric; `train` is `sparring train` and `sparring resume`, `sweep` is `sparring sweep`, `dashboard` is `sparring dashboard`. */
export type Place = 'train' | 'sweep' | 'coordinator' | 'trainer' | 'attacker' | 'dashboard';

/** Metrics of one thing, and where they are. */
export interface Group<Metrics = Readonly<Record<string, AnyDefinition>>> {
  readonly title: string;
  readonly places: readonly Place[];
  readonly metrics: Metrics;
}

export type AnyDefinition = Definition<'counter' | 'gauge' | 'histogram', Labels>;

type Name<L extends Labels> = Extract<keyof L, string>;
type Instance<D> =
  D extends Definition<'counter', infer L>
    ? Counter<Name<L>>
    : D extends Definition<'gauge', infer L>
      ? Gauge<Name<L>>
      : D extends Definition<'histogram', infer L>
        ? Histogram<Name<L>>
        : never;

export type Instances<Metrics> = { readonly [Key in keyof Metrics]: Instance<Metrics[Key]> };

/** Only ever grows, from when the process began. */
export function counter<const L extends Labels = Record<never, string>>(
  name: string,
  help: string,
  labels: L = {} as L,
): Definition<'counter', L> {
  return { kind: 'counter', name, help, labels };
}

export function gauge<const L extends Labels = Record<never, string>>(
  name: string,
  help: string,
  labels: L = {} as L,
): Definition<'gauge', L> {
  return { kind: 'gauge', name, help, labels };
}

/** Of durations in seconds. */
export function durations<const L extends Labels>(name: string, help: string, labels: L): Definition<'histogram', L> {
  return { kind: 'histogram', name, help, labels };
}

/** From half a millisecond, which a small net's pass takes, to what a large one's span of steps does. */
export const durationBuckets = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30];

/** Puts a group's metrics into a registry. Counters begin at 0 for all values that are known, so that the first change is seen as one. */
export function register<Metrics extends Readonly<Record<string, AnyDefinition>>>(
  registry: Registry,
  { metrics }: Group<Metrics>,
): Instances<Metrics> {
  const made = Object.entries(metrics).map(([key, definition]) => [key, make(registry, definition)]);
  return Object.fromEntries(made) as Instances<Metrics>;
}

function make(registry: Registry, { kind, name, help, labels }: AnyDefinition) {
  const common = { name, help, labelNames: Object.keys(labels), registers: [registry] };
  if (kind === 'gauge') return new Gauge(common);
  if (kind === 'histogram') return new Histogram({ ...common, buckets: durationBuckets });
  const made = new Counter(common);
  for (const values of combinations(labels)) made.inc(values, 0);
  return made;
}

/** Every combination of the labels' values; none where one of them is open. */
function combinations(labels: Labels): Record<string, string>[] {
  let all: Record<string, string>[] = [{}];
  for (const [name, values] of Object.entries(labels)) {
    const known = typeof values === 'string' ? [] : values;
    all = all.flatMap((before) => known.map((value) => ({ ...before, [name]: value })));
  }
  return all;
}
