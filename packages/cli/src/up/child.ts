import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { ChildPlan, ChildState, SupervisorEvent } from './child-plan.js';
import { ChildRefused } from './child-refused.js';
import { killGroup } from './kill-group.js';

/** How long a dead child's output may stay open: something that it started may hold it. */
const lastWordsMs = 1_000;
const numLastLines = 10;

/** How long a child that died waits to be started again: doubling, until one lived long. */
export interface Backoff {
  readonly leastMs: number;
  readonly mostMs: number;
  /** After having lived so long, a child begins with the least again. */
  readonly settledMs: number;
}

/** A process that is started again whenever it dies, until it is stopped. */
export class Child {
  readonly plan: ChildPlan;
  readonly #backoff: Backoff;
  readonly #onEvent: (event: SupervisorEvent) => void;
  readonly #onRefusal: (refusal: ChildRefused) => void;
  #process: ChildProcess | null = null;
  #startedAt = 0;
  #restarts = -1;
  #delayMs: number;
  #restart: NodeJS.Timeout | undefined;
  #stopping = false;
  #toldToEnd = false;
  #onGone: () => void = () => {};

  constructor(
    plan: ChildPlan,
    backoff: Backoff,
    onEvent: (event: SupervisorEvent) => void,
    /** It says that it was started wrongly: it is not started again. */
    onRefusal: (refusal: ChildRefused) => void,
  ) {
    this.plan = plan;
    this.#backoff = backoff;
    this.#delayMs = backoff.leastMs;
    this.#onEvent = onEvent;
    this.#onRefusal = onRefusal;
  }

  get state(): ChildState {
    const pid = this.#process?.pid ?? null;
    const uptimeMs = pid === null ? 0 : performance.now() - this.#startedAt;
    return { name: this.plan.name, pid, uptimeMs, restarts: Math.max(0, this.#restarts) };
  }

  start(): void {
    const { name, command, args, env } = this.plan;
    this.#restart = undefined;
    this.#restarts++;
    this.#startedAt = performance.now();
    const lastLines: string[] = [];
    // In a session of its own: a terminal's Ctrl-C reaches the supervisor alone, which ends its children in order.
    const child = spawn(command, args, {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    this.#process = child;
    for (const input of [child.stdout, child.stderr]) {
      createInterface({ input }).on('line', (line) => {
        lastLines.push(line);
        if (lastLines.length > numLastLines) lastLines.shift();
        this.#onEvent({ kind: 'line', name, line });
      });
    }
    child.on('error', (error: NodeJS.ErrnoException) => {
      // Its other errors do not end it.
      if (child.pid !== undefined) return;
      const isWrong = error.code === 'ENOENT' || error.code === 'EACCES';
      this.#died(`cannot be started: ${error.message}`, isWrong ? [error.message] : null);
    });
    child.on('exit', () => {
      setTimeout(() => [child.stdout, child.stderr].forEach((stream) => void stream.destroy()), lastWordsMs).unref();
    });
    child.on('close', (code, signal) => {
      if (child.pid === undefined) return;
      if (this.#isOrderly(code, signal)) this.#ended();
      else
        this.#died(signal ?? `exit code ${code}`, code !== null && code === this.plan.refusalCode ? lastLines : null);
    });
    if (child.pid !== undefined) this.#onEvent({ kind: 'started', name, pid: child.pid, restarts: this.#restarts });
  }

  #isOrderly(code: number | null, signal: NodeJS.Signals | null): boolean {
    // By the signal itself where it has not begun to listen for it.
    return this.#toldToEnd && (code === null ? signal === 'SIGTERM' : this.plan.orderlyCodes.includes(code));
  }

  #ended(): void {
    this.#process = null;
    this.#onEvent({ kind: 'ended', name: this.plan.name, livedMs: performance.now() - this.#startedAt });
    this.#onGone();
  }

  /** `refusal`: why starting it again would not help; null where it may. */
  #died(how: string, refusal: readonly string[] | null): void {
    const { name } = this.plan;
    const livedMs = performance.now() - this.#startedAt;
    this.#process = null;
    if (livedMs >= this.#backoff.settledMs) this.#delayMs = this.#backoff.leastMs;
    const againInMs = this.#stopping || refusal ? null : this.#delayMs;
    if (againInMs !== null) {
      this.#restart = setTimeout(() => this.start(), againInMs);
      this.#delayMs = Math.min(2 * this.#delayMs, this.#backoff.mostMs);
    }
    this.#onEvent({ kind: 'died', name, how, livedMs, againInMs });
    if (refusal && !this.#stopping) this.#onRefusal(new ChildRefused(name, refusal));
    this.#onGone();
  }

  /** Ends it, by SIGTERM first and by SIGKILL where its grace is over, and resolves when it is gone. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#restart);
    const child = this.#process;
    if (child === null) return;
    const gone = new Promise<void>((resolve) => {
      this.#onGone = resolve;
    });
    this.#toldToEnd = true;
    child.kill('SIGTERM');
    const grace = setTimeout(() => killGroup(child.pid!), this.plan.graceMs);
    await gone;
    clearTimeout(grace);
  }
}
