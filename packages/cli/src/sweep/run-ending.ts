import { RunFolderError } from '@sparring/runtime';
import type { RunResult, Verdict } from '@sparring/sweep';

/** How a run that a slot was at has ended, as the ledger is told. */
export type Ending =
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'threw'; readonly error: string; readonly final: boolean }
  | ({ readonly kind: 'pruned' } & Verdict)
  | { readonly kind: 'done'; readonly folder: string; readonly result: RunResult };

/**
 * What an error makes of its run; null where it is none of the run's.
 * @param verdict why the run was given up, where it was
 */
export function endingOf(error: Error, verdict: Verdict | undefined): Ending | null {
  if (error.name === 'Interrupted') return verdict ? { kind: 'pruned', ...verdict } : { kind: 'interrupted' };
  if (error instanceof RunFolderError && isOfDisk(error)) return null;
  // The same bits would diverge again.
  return { kind: 'threw', error: error.message, final: error.name === 'Diverged' };
}

/** Every other run would meet it too. */
function isOfDisk({ cause }: RunFolderError): boolean {
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  return ['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'EMFILE', 'ENFILE'].includes(code ?? '');
}
