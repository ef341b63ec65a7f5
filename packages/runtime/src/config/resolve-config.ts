import { applyAssignments } from './assignments.js';
import { ConfigError, type ConfigFault } from './config-error.js';
import { configSchema } from './config-schema.js';
import { type CrossFault, crossFaults } from './cross-checks.js';
import { fillConfig } from './fill-config.js';
import type { ModelPlaces } from './model-places.js';
import { parseTree, readRecipe } from './recipe-file.js';
import type { RunConfig } from './run-config.js';
import { type SchemaFault, schemaFaults } from './schema-faults.js';
import { anchorPaths, expandShorthands, removeAt, setAt, type WrittenTree } from './written-tree.js';

/** What the user asked for. */
export interface ConfigRequest {
  /** A recipe's name, or the path of a YAML file (it ends in .yaml or .yml, or holds a slash). */
  readonly recipeOrFile: string;
  /** `key=value` assignments with dotted keys and YAML values, applied in order. */
  readonly set?: readonly string[];
  /** Options of the command line by dotted key, applied last; undefined ones are left alone. */
  readonly overrides?: Readonly<Record<string, unknown>>;
  /** What relative paths of the command line start from; default: the working directory. */
  readonly cwd?: string;
}

/** Reads, overrides, validates and fills a configuration; throws ConfigError with every fault there is. */
export function resolveConfig(request: ConfigRequest): { config: RunConfig } {
  const cwd = request.cwd ?? process.cwd();
  const { name, tree } = readRecipe(request.recipeOrFile, cwd);
  const unreadable = applyAssignments(tree, request.set ?? []);
  for (const [key, value] of Object.entries(request.overrides ?? {})) {
    // A copy: a later key may name a part of it.
    if (value !== undefined) setAt(tree, key.split('.'), structuredClone(value));
  }
  expandShorthands(tree);
  anchorPaths(tree, cwd);
  const { config, faults } = resolveTree(tree, name);
  if (config === null || unreadable.length > 0 || faults.length > 0) {
    throw new ConfigError(request.recipeOrFile, [...unreadable, ...faults]);
  }
  return { config };
}

/**
 * The configuration that a text is, as `writeConfigYaml` writes it; throws ConfigError with every fault there is. Where it comes from
 * somebody else, its model must lie in one of the places.
 */
export function parseConfigYaml(text: string, source: string, places: ModelPlaces | null = null): RunConfig {
  const { config, faults } = resolveTree(parseTree(text, source), source, places);
  if (config === null || faults.length > 0) throw new ConfigError(source, faults);
  return config;
}

/**
 * What a run was configured with, as `writeConfigYaml` wrote it: to be shown and not to be run, so whatever has become since of its model's
 * file and its data. @throws ConfigError where it is no configuration
 */
export function parseShownConfig(text: string, source: string): RunConfig {
  const tree = parseTree(text, source);
  const parsed = configSchema.safeParse(tree);
  if (parsed.success) return fillConfig(parsed.data, source);
  throw new ConfigError(source, schemaFaults(parsed.error.issues, tree).map(plain));
}

function resolveTree(
  tree: WrittenTree,
  name: string,
  places: ModelPlaces | null = null,
): { config: RunConfig | null; faults: ConfigFault[] } {
  const parsed = configSchema.safeParse(tree);
  if (parsed.success) {
    const config = fillConfig(parsed.data, name);
    return { config, faults: crossFaults(config, places).map(plain) };
  }
  const faults = schemaFaults(parsed.error.issues, tree);
  // The rest is checked as if the wrong values had not been written, so that one look shows everything that is wrong.
  const rest = structuredClone(tree);
  for (const { at } of faults) removeAt(rest, at);
  const sound = configSchema.safeParse(rest);
  const others = sound.success ? crossFaults(fillConfig(sound.data, name), places).filter(isApartFrom(faults)) : [];
  return { config: null, faults: [...faults, ...others].map(plain) };
}

function isApartFrom(faults: readonly SchemaFault[]): (fault: CrossFault) => boolean {
  const overlaps = (a: string, b: string) => a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
  return ({ involves }) => !involves.some((path) => faults.some((fault) => overlaps(path, fault.path)));
}

const plain = ({ path, got, takes, hint }: ConfigFault): ConfigFault => ({ path, got, takes, hint });
