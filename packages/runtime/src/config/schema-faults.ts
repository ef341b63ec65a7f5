import type { z } from 'zod';
import { type ConfigFault, showValue } from './config-error.js';
import { jsonSchema } from './config-schema.js';
import { nearestName } from './nearest.js';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** A fault of the written tree, and where in the tree it lies. */
export interface SchemaFault extends ConfigFault {
  readonly at: Path;
}

/** The validator's issues as faults, one for each wrong value and each unknown key. */
export function schemaFaults(issues: readonly Issue[], tree: unknown): SchemaFault[] {
  return issues.flatMap((issue) => issueFaults(issue, [], tree));
}

function issueFaults(issue: Issue, above: Path, tree: unknown): SchemaFault[] {
  const at = [...above, ...issue.path];
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey([...at, key], issue.message, tree));
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const branch = meantBranch(issue.errors);
    if (branch) return branch.flatMap((inner) => issueFaults(inner, at, tree));
  }
  const value = valueAt(tree, at);
  return [{ at, path: dotted(at), got: showValue(value), takes: issue.message, hint: valueHint(value, issue.message) }];
}

// A value that is of a branch's type but wrong inside was meant for that branch; a value of no branch's type is the union's fault.
function meantBranch(branches: readonly Issue[][]): Issue[] | undefined {
  const meant = branches.filter((issues) => !issues.some((issue) => issue.path.length === 0 && wrongType(issue)));
  return meant.length === 1 ? meant[0] : undefined;
}

const wrongType = (issue: Issue) => issue.code === 'invalid_type' || issue.code === 'invalid_value';

function unknownKey(at: Path, takes: string, tree: unknown): SchemaFault {
  const key = String(at.at(-1));
  const path = dotted(at);
  const siblings = takes.replace(/^one of /, '').split(', ');
  const sibling = nearestName(key, siblings);
  const elsewhere = pathsEndingIn(key);
  const meant = sibling === null ? elsewhere[0] : dotted([...at.slice(0, -1), sibling]);
  const hint = elsewhere.includes(path)
    ? 'not an option of this kind'
    : `unknown option${meant === undefined ? '' : `; did you mean ${meant}?`}`;
  return { at, path, got: showValue(valueAt(tree, at)), takes, hint };
}

// `--set epsilon=.1` is a natural slip for attack.epsilon: look for the key in other sections.
function pathsEndingIn(key: string): string[] {
  // Made once: whoever submits a configuration may have written thousands of unknown keys.
  everyPath ??= allPaths(jsonSchema(), []);
  return everyPath.filter((path) => path.split('.').at(-1)?.toLowerCase() === key.toLowerCase());
}

let everyPath: readonly string[] | undefined;

function allPaths(schema: Record<string, unknown>, above: readonly string[]): string[] {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Record<string, unknown>>);
  const branches = [schema.anyOf, schema.oneOf].flatMap((list) => (list ?? []) as Record<string, unknown>[]);
  return [
    ...properties.flatMap(([key, inner]) => [[...above, key].join('.'), ...allPaths(inner, [...above, key])]),
    ...branches.flatMap((branch) => allPaths(branch, above)),
  ];
}

function valueHint(value: unknown, takes: string): string | null {
  if (typeof value !== 'string') return null;
  if (takes.startsWith('one of ')) {
    const nearest = nearestName(value, takes.slice('one of '.length).split(', '));
    return nearest === null ? null : `did you mean ${nearest}?`;
  }
  // 8/255 is how the literature writes epsilon, but YAML has no fractions.
  const fraction = /^\s*([\d.]+)\s*\/\s*([\d.]+)\s*$/.exec(value);
  return fraction ? `write ${Number(fraction[1]) / Number(fraction[2])}` : null;
}

export function dotted(path: Path): string {
  return path.map(String).join('.') || 'configuration';
}

function valueAt(tree: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], tree);
}
