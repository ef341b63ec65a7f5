/** Ends a process and all that it started, at once. Nothing happens where it is gone already. */
export function killGroup(leader: number): void {
  try {
    // Windows knows no groups.
    process.kill(process.platform === 'win32' ? leader : -leader, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
