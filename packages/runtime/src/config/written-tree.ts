import { resolve } from 'node:path';

/** A configuration as YAML gives it, before anything is known about it. */
export type WrittenTree = Record<string, unknown>;

const isTree = (value: unknown): value is WrittenTree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Sets `path` in the tree; what is missing on the way is made, and a scalar on the way gives way. */
export function setAt(tree: WrittenTree, path: readonly string[], value: unknown): void {
  let parent: unknown = tree;
  path.forEach((key, depth) => {
    const owner = parent as Record<string, unknown>;
    if (depth === path.length - 1) {
      owner[key] = value;
      return;
    }
    if (typeof owner[key] !== 'object' || owner[key] === null) owner[key] = {};
    parent = owner[key];
  });
}

/** Removes what lies at `path`. */
export function removeAt(tree: WrittenTree, path: readonly PropertyKey[]): void {
  const parent = path
    .slice(0, -1)
    .reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], tree);
  if (parent !== undefined && parent !== null) delete (parent as Record<PropertyKey, unknown>)[path.at(-1)!];
}

/** Writes `data: mnist` and `model: softmax` out, so that `--set data.limit=1000` finds an object to set in. */
export function expandShorthands(tree: WrittenTree): void {
  if (tree.data === 'mnist' || tree.data === 'synthetic') tree.data = { set: tree.data };
  if (tree.model === 'softmax' || tree.model === 'logistic') tree.model = { kind: tree.model };
}

/** Makes the tree's paths absolute: those of a file are relative to the file, those of the command line to where it is typed. */
export function anchorPaths(tree: WrittenTree, folder: string): void {
  const { model, data } = tree;
  if (typeof model === 'string' && /\.[cm]?js$/.test(model)) tree.model = resolve(folder, model);
  if (isTree(model) && typeof model.path === 'string') model.path = resolve(folder, model.path);
  if (isTree(data) && typeof data.folder === 'string') data.folder = resolve(folder, data.folder);
}
