import picocolors from 'picocolors';
import type { Screen } from './screen.js';

/** For what is shown by somebody else. */
export function silentScreen(): Screen {
  return {
    stream: process.stderr,
    colors: picocolors.createColors(false),
    isTerminal: false,
    isJson: false,
    say: () => {},
    result: () => {},
  };
}
