import { ConfigError } from '@sparring/runtime';

const most = 2 ** 32 - 1;
/** Of one sweep. */
const mostSeeds = 1_000_000;

/** The seeds that `0..99`, `7` or `0..4,10,20..24` name, in the order written. @throws ConfigError where one is named twice or is none */
export function parseSeeds(text: string): number[] {
  const refuse = (hint: string | null): never => {
    const takes = 'seeds such as 0..99, or 0..4,10,20, each once';
    throw new ConfigError('command line', [{ path: '--seeds', got: JSON.stringify(text), takes, hint }]);
  };
  const seeds: number[] = [];
  for (const part of text.split(',')) {
    const found = /^\s*(\d+)\s*(?:\.\.\s*(\d+)\s*)?$/.exec(part);
    if (!found) return refuse(null);
    const first = Number(found[1]);
    const last = found[2] === undefined ? first : Number(found[2]);
    if (last < first) return refuse(`${first}..${last} is empty`);
    if (last > most) return refuse(`the largest seed is ${most}`);
    if (seeds.length + last - first >= mostSeeds) return refuse(`at most ${mostSeeds} seeds`);
    for (let seed = first; seed <= last; seed++) seeds.push(seed);
  }
  const seen = new Set<number>();
  for (const seed of seeds) if (seen.size === seen.add(seed).size) return refuse(`${seed} stands there twice`);
  return seeds;
}

/** The shortest text that `parseSeeds` reads as these: `0..4,10`. */
export function showSeeds(seeds: readonly number[]): string {
  const parts: string[] = [];
  for (let from = 0; from < seeds.length; ) {
    let to = from;
    while (seeds[to + 1] === seeds[to]! + 1) to++;
    parts.push(to === from ? `${seeds[from]}` : `${seeds[from]}..${seeds[to]}`);
    from = to + 1;
  }
  return parts.join(',');
}
