import type { Counter } from 'prom-client';

/** Lets a counter follow totals that one source counts from 0 on: several sources, one after the other, add up. */
export function follow<Label extends string>(
  counter: Counter<Label>,
): (labels: Partial<Record<Label, string>>, total: number) => void {
  const followed = new Map<string, number>();
  return (labels, total) => {
    const key = Object.values(labels).join(' ');
    const before = followed.get(key) ?? 0;
    if (total <= before) return;
    followed.set(key, total);
    counter.inc(labels, total - before);
  };
}
