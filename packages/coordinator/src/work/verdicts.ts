import { createHash } from 'node:crypto';
import type { Output } from '@sparring/protocol';
import { Diverged } from '../training/diverged.js';
import type { OutputFault } from './inspection.js';
import { type Job, type Miss, nameOf } from './job.js';

/** A worker that failed so often at tasks which another then performed is at fault itself. */
const maxStrikes = 3;
/** A task whose results are refused this often, and never twice the same, fails the run. */
const maxRefusals = 3;
/** A task that throws this often fails the run, unless one worker alone has tried it of several. */
const maxFaults = 3;
/** A task that is given back this often fails the run: more often than connections are lost over it. */
const maxReturns = 10;

/**
 * Who is at fault when a task fails, or its result is refused: the task, and the run with it, or the worker. The same bytes from a
 * second computation: the run, which has diverged. A result in order from another: the worker.
 */
export class Verdicts {
  readonly #strikes = new Map<string, number>();

  /** A result was refused. Returns the error to fail the run with, or null when the task goes to another worker. */
  refused(job: Job, workerId: string, output: Output, fault: OutputFault): Error | null {
    const bits = bitsOf(output);
    const same = job.misses.some((miss) => miss.kind === 'refusal' && miss.bits === bits);
    job.misses.push({ kind: 'refusal', workerId, bits });
    if (same && fault.reason === 'non-finite') return new Diverged(fault.step, fault.detail);
    if (numOf(job, 'refusal') < maxRefusals) return null;
    return new Error(`${nameOf(job.task)}: refused ${maxRefusals} times: ${fault.detail}`);
  }

  /**
   * A task's own computation threw. Returns the error to fail the run with, or null when the task is tried again.
   * @param othersLeft There are workers that could try it, and have not failed at it.
   */
  failed(job: Job, workerId: string, message: string, othersLeft: boolean): Error | null {
    job.misses.push({ kind: 'fault', workerId });
    if (numOf(job, 'fault') < maxFaults) return null;
    const workers = new Set(job.misses.filter(({ kind }) => kind === 'fault').map((miss) => miss.workerId));
    return workers.size === 1 && othersLeft ? null : new Error(message);
  }

  /** A task was given back, without a result. Returns the error to fail the run with, or null when the task is tried again. */
  returned(job: Job, workerId: string): Error | null {
    job.misses.push({ kind: 'return', workerId });
    if (numOf(job, 'return') < maxReturns) return null;
    return new Error(`${nameOf(job.task)}: given back ${maxReturns} times: workers could not gather what it reads`);
  }

  /** A task was performed: returns those who failed once too often at what another performed. */
  performed({ misses }: Job, byWorkerId: string): string[] {
    const struck = new Set(misses.filter(({ kind }) => kind !== 'return').map(({ workerId }) => workerId));
    struck.delete(byWorkerId);
    for (const workerId of struck) this.#strikes.set(workerId, (this.#strikes.get(workerId) ?? 0) + 1);
    return [...struck].filter((workerId) => this.#strikes.get(workerId)! >= maxStrikes);
  }

  forget(workerId: string): void {
    this.#strikes.delete(workerId);
  }
}

function numOf({ misses }: Job, kind: Miss['kind']): number {
  return misses.filter((miss) => miss.kind === kind).length;
}

function bitsOf({ output }: Output): string {
  const hash = createHash('sha256');
  const add = (value: unknown): void => {
    if (ArrayBuffer.isView(value)) {
      hash.update(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, part] of Object.entries(value)) {
        hash.update(key);
        add(part);
      }
    } else {
      hash.update(String(value));
    }
  };
  add(output);
  return hash.digest('hex');
}
