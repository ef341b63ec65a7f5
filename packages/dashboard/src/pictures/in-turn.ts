import type { Pictures } from './pictures.js';

const underWay = new Map<string, Promise<Pictures | null>>();
let last: Promise<unknown> = Promise.resolve();

/** Has pictures made one after the other, since each takes a core, and each once for all who ask meanwhile. `net` names whose they are. */
export function inTurn(net: string, make: () => Promise<Pictures | null>): Promise<Pictures | null> {
  const known = underWay.get(net);
  if (known) return known;
  const made = last.then(make);
  underWay.set(net, made);
  last = made.catch(() => {}).finally(() => underWay.delete(net));
  return made;
}

/** Resolves when none are being made: a thread that computes must not be ended under it. */
export async function picturesMade(): Promise<void> {
  while (underWay.size > 0) await last;
}
