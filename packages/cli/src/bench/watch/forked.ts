import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

type Reply = { readonly answer: unknown } | { readonly error: string };

/** A process of the bench's own: it answers one question after the other, and does not outlive this one. */
export class Forked {
  readonly #child: ChildProcess;

  /** @param module What it runs, which calls `answerQuestions`. */
  constructor(module: URL) {
    this.#child = fork(fileURLToPath(module), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  }

  /** @throws what it failed with, in its words; Error where it ends before it answers */
  async ask<Answer>(question: unknown): Promise<Answer> {
    const child = this.#child;
    const over = new AbortController();
    try {
      const replied = once(child, 'message', over);
      const ended = once(child, 'exit', over).then(([code, signal]) => {
        throw new Error(`a process that was measured ended (${signal ?? `exit code ${code}`})`);
      });
      // Whichever does not come first is given up.
      for (const promise of [replied, ended]) promise.catch(() => {});
      child.send(question as object);
      const [reply] = (await Promise.race([replied, ended])) as [Reply];
      if ('error' in reply) throw new Error(reply.error);
      return reply.answer as Answer;
    } finally {
      over.abort();
    }
  }

  async close(): Promise<void> {
    const child = this.#child;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
}

/** In the process itself: answers what it is asked until whoever started it is gone. */
export function answerQuestions<Question>(answer: (question: Question) => Promise<unknown>): void {
  process.on('message', (question: Question) => {
    answer(question).then(
      (given) => process.send!({ answer: given ?? null } satisfies Reply),
      (error: Error) => process.send!({ error: error.message } satisfies Reply),
    );
  });
  process.on('disconnect', () => process.exit());
  // Ctrl-C is for whoever started it.
  process.on('SIGINT', () => {});
}
