import { ConfigError, type ConfigFault, resolveConfig } from '../dist/index.js';

/** The faults of a configuration, which must have some. */
export function faultsOf(recipeOrFile: string, ...set: string[]): readonly ConfigFault[] {
  try {
    resolveConfig({ recipeOrFile, set });
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  throw new Error(`${recipeOrFile} ${set.join(' ')}: expected faults, found none`);
}
