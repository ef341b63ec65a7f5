import { sep } from 'node:path';

const longest = 300;

/** What an error says, in one line, with its paths as seen from a folder. */
export function faultOf(error: unknown, folder: string): string {
  const words = error instanceof Error ? error.message : String(error);
  const line = words
    .replaceAll(/:\s*\n\s*/g, ': ')
    .replaceAll(/\s*\n\s*/g, ' · ')
    .replaceAll(`${folder}${sep}`, '');
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
