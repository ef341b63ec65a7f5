import { readFileSync } from 'node:fs';

/**
 * Is this process to outlive its terminal, as `nohup` has it? What nohup does for that is undone before any JavaScript runs: Node gives
 * every signal that its parent had it ignore its own effect again. So it is seen by what nohup leaves otherwise: shells name the program
 * that they start in the variable `_`, and a shell that was itself started under nohup still ignores SIGHUP.
 */
export function isUnderNohup(environment: NodeJS.ProcessEnv = process.env, parent: number = process.ppid): boolean {
  return /(^|\/)nohup$/.test(environment._ ?? '') || ignoresHangup(parent);
}

/** Where `isUnderNohup`, has a SIGHUP do nothing, from now on; else leaves it as it is. */
export function respectNohup(): void {
  if (isUnderNohup()) process.on('SIGHUP', () => {});
}

// Linux alone tells of other processes; SIGHUP is the mask's first bit.
function ignoresHangup(pid: number): boolean {
  try {
    const mask = /^SigIgn:\s*([0-9a-f]+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return mask !== undefined && (BigInt(`0x${mask}`) & 1n) === 1n;
  } catch {
    return false;
  }
}
