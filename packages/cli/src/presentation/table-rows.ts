import type { RunConfig } from '@sparring/runtime';
import type { TableRow, TestResults } from './closing-table.js';

interface Tested {
  readonly test: TestResults;
}

/** The net, and its twin where there is one, as the tables name them. */
export function tableRows(
  { alpha }: Pick<RunConfig, 'alpha'>,
  { test, twin }: Tested & { readonly twin: Tested | null },
): TableRow[] {
  const name = alpha === 1 ? 'the net, trained without an adversary' : 'the adversarially trained net';
  return [{ name, test }, ...(twin ? [{ name: 'its twin, trained without', test: twin.test }] : [])];
}
