import { ConfigError, type ConfigFault, showValue } from './config-error.js';
import { tooManyExamples } from './cross-checks.js';
import type { RunConfig } from './run-config.js';

/** What must be known of a loaded data set to check a configuration against it. */
export interface LoadedData {
  readonly classes: number;
  readonly train: { readonly size: number };
  readonly validation: { readonly size: number };
}

/** Checks what could not be known before the data were loaded; throws ConfigError with all faults. */
export function checkAgainstData(config: RunConfig, data: LoadedData): void {
  const faults: ConfigFault[] = [];
  const add = (path: string, got: unknown, takes: string) =>
    faults.push({ path, got: showValue(got), takes, hint: null });
  const tooMany = tooManyExamples(config.batch, config.replicas, data.train.size);
  if (tooMany) add(tooMany.path, tooMany.got, tooMany.takes);
  if (data.validation.size < 1) add('data.validation', config.data.validation, 'a validation split that is not empty');
  if (config.model.kind === 'logistic' && data.classes !== 2) {
    add('data.classes', config.data.classes, `two classes for the logistic model; the data have ${data.classes}`);
  }
  if (faults.length > 0) throw new ConfigError(config.name, faults);
}
