/**
 * Lets a command go on when what it writes can no longer be written, since its checkpoints matter more than its words. stderr is told
 * once that stdout is lost. Returns whether it is, which makes a failure of what went well otherwise; not so where whoever read has
 * gone, as `head` does.
 */
export function surviveLostWords({ stdout, stderr }: Pick<NodeJS.Process, 'stdout' | 'stderr'>): () => boolean {
  let lost = false;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || lost) return;
    lost = true;
    stderr.write(`sparring: stdout cannot be written, and what was to be told there is lost: ${error.message}\n`);
  });
  // There is nowhere left to tell it.
  stderr.on('error', () => {});
  return () => lost;
}
