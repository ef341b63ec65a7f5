import { readFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { parseShownConfig, resolveConfig } from './resolve-config.js';
import type { RunConfig } from './run-config.js';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** The configuration as YAML text with every option written out; `readConfigYaml` of it gives the same configuration. */
export function writeConfigYaml(config: RunConfig): string {
  const { checkpointEveryMs, ...rest } = config;
  const written = { ...rest, checkpointEverySeconds: checkpointEveryMs / 1000 };
  const header = `# Configuration of a sparring run, as resolved by sparring ${version}: every option is written out.\n`;
  return header + stringify(written, { lineWidth: 120 });
}

/** Reads a run's `config.yaml`; throws ConfigError like any other configuration. */
export function readConfigYaml(file: string): RunConfig {
  return resolveConfig({ recipeOrFile: file }).config;
}

/** The same to be shown, not to be run: whatever has become of the model's file and the data. @throws ConfigError where it is none */
export function readShownConfig(file: string): RunConfig {
  return parseShownConfig(readFileSync(file, 'utf8'), file);
}
