import type { PageOptions } from '../page/page-options.js';

/** The options of `sweep`, as commander hands them over. */
export interface SweepOptions extends PageOptions {
  readonly seeds: string;
  readonly grid?: readonly string[];
  readonly set?: readonly string[];
  readonly engine?: string;
  readonly slots?: number;
  readonly baseline?: string;
  readonly maxAttempts: number;
  readonly failFast?: boolean;
  readonly prune?: string | true;
  readonly out: string;
  readonly json?: boolean;
}
