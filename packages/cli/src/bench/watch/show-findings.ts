import { count, plural } from '../../presentation/figures.js';
import type { Screen } from '../../presentation/screen.js';
import type { Comparison } from './arrangement.js';
import type { Estimate } from './estimate.js';
import type { Findings } from './findings.js';
import type { Seen } from './onlookers.js';

/** Shows what a comparison came to, and how sure that is. */
export function showFindings(
  screen: Screen,
  { plain, watched, goal }: Comparison,
  { numProcesses, numPairs, speed, cpu, cpuOfAll, examplesPerSecond, cpuMicros }: Findings,
  { scrapes, messages }: Seen,
): void {
  const { bold, dim, green, red, yellow } = screen.colors;
  for (const [i, { name }] of [plain, watched].entries()) {
    const rate = `${bold(count(examplesPerSecond[i]!).padStart(9))} examples/s`;
    screen.say(`  ${name.padEnd(24)}${rate}   ${count(cpuMicros[i]!).padStart(6)} µs of processor time each`);
  }
  const looks = scrapes > 0 ? plural(scrapes, 'scrape') : plural(messages, 'message');
  const turns = `${plural(numPairs, 'pair')} of turns by ${numProcesses} processes of each, ${looks}`;
  screen.say(dim(`  ${turns}; in brackets, where the median lies with 95 %`));
  const verdict = verdictOn(speed, goal);
  const mark = { reached: green('✓'), missed: red('✗'), open: yellow('?') }[verdict];
  const hint = verdict === 'open' ? ', which this does not decide: measure longer, on a quiet machine' : '';
  screen.say(`  ${mark} ${line('speed', speed)}, at least ${goal} is aimed at${hint}`);
  screen.say(`    ${line('processor time', cpu)} an example`);
  screen.say(`    ${line('with the onlookers’', cpuOfAll)}, who may be elsewhere`);
}

/** Whether all of the interval reaches the goal, none of it, or a part. */
export function verdictOn({ interval: [low, high] }: Estimate, goal: number): 'reached' | 'missed' | 'open' {
  if (low >= goal) return 'reached';
  return high < goal ? 'missed' : 'open';
}

function line(words: string, { median, interval: [low, high] }: Estimate): string {
  return `${words.padEnd(20)}× ${median.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
}
