import { basename, relative, sep } from 'node:path';

/** How this program was called, to be typed again: `sparring`, `npx sparring`, or `node packages/cli/bin/sparring.js` in a clone. */
export function invocation(script = process.argv[1] ?? 'sparring', cwd = process.cwd()): string {
  if (script.includes(`node_modules${sep}.bin${sep}`)) return 'npx sparring';
  if (basename(script) === 'sparring') return 'sparring';
  return `node ${shortPath(script, cwd)}`;
}

/** A path as seen from here: the shorter of relative and absolute. */
export function shortPath(path: string, cwd = process.cwd()): string {
  const fromHere = relative(cwd, path) || '.';
  return fromHere.length < path.length ? fromHere : path;
}
