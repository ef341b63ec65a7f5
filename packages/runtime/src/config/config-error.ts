/** One thing that is wrong with a configuration. */
export interface ConfigFault {
  /** The option by its dotted path as `--set` takes it; 'recipe', or 'file.yaml:3:7', where no option is to blame. */
  readonly path: string;
  /** What was written there, as one short line. */
  readonly got: string;
  /** What the option takes. */
  readonly takes: string;
  /** What was probably meant, or null. */
  readonly hint: string | null;
}

/** A configuration that cannot be used. It carries every fault that was found, not just the first. A usage error: exit code 2. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: readonly ConfigFault[];

  constructor(source: string, faults: readonly ConfigFault[]) {
    const count = faults.length === 1 ? '1 fault' : `${faults.length} faults`;
    super([`${count} in the configuration (${source}):`, ...faults.map((fault) => `  ${faultLine(fault)}`)].join('\n'));
    this.faults = faults;
  }
}

function faultLine({ path, got, takes, hint }: ConfigFault): string {
  return `${path}: got ${got}; takes ${takes}${hint === null ? '' : ` (${hint})`}`;
}

/** A value on one line, cut where it is long. */
export function showValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
