import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('./orphan-guard-process.js', import.meta.url));
const restartMs = 200;

/**
 * A process that kills what this one has left when this one is gone, however it ended: `kill -9` leaves it no last word. A process
 * of its own, since nats-server and a child that hangs cannot be asked to look after their parent themselves.
 */
export class OrphanGuard {
  #process: ChildProcess | null = null;
  #restart: NodeJS.Timeout | undefined;
  #pids: readonly number[] = [];
  #closed = false;

  /** From now on it is these that must not outlive this process: leaders of process groups of their own. */
  watch(pids: readonly number[]): void {
    this.#pids = pids;
    if (this.#closed) return;
    if (this.#process === null && this.#restart === undefined) this.#start();
    this.#tell();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#restart);
    this.#pids = [];
    this.#tell();
    this.#process?.stdin?.end();
  }

  #start(): void {
    this.#restart = undefined;
    const guard = spawn(process.execPath, [script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    this.#process = guard;
    // A guard that is gone is seen by its exit.
    guard.stdin.on('error', () => {});
    const gone = () => {
      if (this.#process !== guard) return;
      this.#process = null;
      if (this.#closed) return;
      this.#restart = setTimeout(() => {
        this.#start();
        this.#tell();
      }, restartMs);
    };
    guard.on('exit', gone).on('error', gone);
    guard.unref();
  }

  #tell(): void {
    this.#process?.stdin?.write(`${JSON.stringify(this.#pids)}\n`);
  }
}
