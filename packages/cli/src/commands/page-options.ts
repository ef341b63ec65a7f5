import type { Command } from 'commander';
import { withEndpoint } from './endpoint-options.js';

/** The options of a command that has a page: where the process listens, and whether there is to be one. */
export function withPage(command: Command): Command {
  return withEndpoint(command).option('--no-page', 'show no page at that port');
}
