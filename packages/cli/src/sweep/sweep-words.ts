import { exitCodes } from '@sparring/runtime';
import { inBytes, type RunBytes, showSeeds } from '@sparring/sweep';
import { plural } from '../presentation/figures.js';
import { invocation, shortPath } from '../presentation/invocation.js';
import type { Colors } from '../presentation/screen.js';
import type { Book } from './book.js';
import { bytesOfRun, checkDisk } from './disk-need.js';
import type { SharedData } from './shared-data.js';
import type { SweepView } from './sweep-view.js';

/** What is said before a sweep is computed. @throws RunFolderError where the disk has no room for it */
export async function introduction(book: Book, slots: number, data: SharedData, colors: Colors): Promise<string[]> {
  const { record, out } = book;
  const left = [...book.states.values()].filter(({ status }) => status === 'waiting' || status === 'claimed');
  const sizes = await Promise.all(
    record.configurations.map(async ({ config, bytes }) =>
      allOf(bytes ?? (await bytesOfRun(config, await data.load(config.data)))),
    ),
  );
  const needed = left.reduce((sum, { run }) => sum + sizes[run.configuration]!, 0);
  const bytes = left.length === 0 ? 0 : needed + slots * Math.max(...sizes);
  const { free } = await checkDisk(out, bytes);
  const what = `${plural(record.configurations.length, 'configuration')} with the ${record.seeds.length === 1 ? 'seed' : 'seeds'} ${showSeeds(record.seeds)}`;
  return [
    `${colors.bold(record.id)}: ${plural(book.states.size, 'run')}, ${left.length === book.states.size ? 'all' : left.length} to compute`,
    colors.dim(`  ${what}, in ${shortPath(out)}, on ${record.engine} in ${plural(slots, 'slot')}`),
    colors.dim(`  at most ${inBytes(bytes)} of the ${inBytes(free)} that the disk has free`),
    '',
  ];
}

function allOf({ checkpoints, files }: RunBytes): number {
  return checkpoints + files;
}

/** What to say when a sweep is stopped: where it stands and what to type to go on. */
export function resumeWords(book: SweepView): string {
  const done = `${book.count('done')} of ${plural(book.states.size, 'run')} done`;
  return `Stopped with ${done}; what was under way is saved. To go on:\n  ${command(book, 'resume')}`;
}

/** The runs that failed, each with its error, and how to try them again. */
export function failureWords(book: SweepView): string[] {
  const failed = [...book.states.values()].filter(({ status }) => status === 'failed');
  if (failed.length === 0) return [];
  const lines = failed.slice(0, 20).map(({ run, error }) => `  ${nameOf(book, run)}: ${error}`);
  const more = failed.length > 20 ? [`  … and ${failed.length - 20} more`] : [];
  const again = `To try them again: ${command(book, 'retry')}`;
  return ['', `${plural(failed.length, 'run')} failed (exit code ${exitCodes.failure}):`, ...lines, ...more, again];
}

/** The runs that the median rule gave up, with the epoch. */
export function prunedWords(book: SweepView): string[] {
  const pruned = [...book.states.values()].filter(({ status }) => status === 'pruned');
  if (pruned.length === 0) return [];
  return [
    '',
    `Given up: ${pruned.map(({ run, pruned }) => `${nameOf(book, run)} at epoch ${pruned!.epoch}`).join(', ')}`,
  ];
}

/** 'alpha=.5 seed 3' */
export function nameOf(
  { record }: Pick<SweepView, 'record'>,
  { configuration, seed }: { configuration: number; seed: number },
): string {
  return `${record.configurations[configuration]!.label} seed ${seed}`;
}

/** Why a sweep that was cancelled is not begun again, and what to type. */
export function cancelledWords(sweep: Pick<SweepView, 'record' | 'where'>): string {
  const [resume, forget] = [command(sweep, 'resume'), command(sweep, 'rm')];
  return `${sweep.record.id} was cancelled. "${resume}" goes on with it all the same, "${forget}" forgets it`;
}

/** A command on this sweep, to be typed. */
export function command({ record, where }: Pick<SweepView, 'record' | 'where'>, verb: string): string {
  return `${invocation()} sweep ${verb} ${record.id}${where}`;
}
