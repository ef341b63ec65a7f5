import { createHash } from 'node:crypto';
import type { Output } from '@sparring/protocol';
import { Diverged } from '../training/diverged.js';
import type { OutputFault } from './inspection.js';
import { type Job, nameOf } from './job.js';

/** A worker whose results were refused this often, when another's of the same task were not, is at fault itself. */
const maxStrikes = 3;
/** A task whose results are refused this often, and never twice the same, fails the run. */
const maxRefusals = 3;

/**
 * Who is at fault when a result is refused. The same bytes from a second computation: the run, which has diverged. Other bytes, that
 * are in order: the worker.
 */
export class Refusals {
  readonly #strikes = new Map<string, number>();

  /** The error to fail the run with, or null when the task goes to another worker. */
  refuse(job: Job, workerId: string, output: Output, fault: OutputFault): Error | null {
    const bits = bitsOf(output);
    const same = job.refusals.some((refusal) => refusal.bits === bits);
    job.refusals.push({ workerId, bits });
    if (same && fault.reason === 'non-finite') return new Diverged(fault.step, fault.detail);
    if (job.refusals.length < maxRefusals) return null;
    return new Error(`${nameOf(job.task)}: refused ${maxRefusals} times: ${fault.detail}`);
  }

  /** A task was performed: returns those whose result of it was refused once too often. */
  performed(job: Job, byWorkerId: string): string[] {
    const struck = job.refusals.map(({ workerId }) => workerId).filter((workerId) => workerId !== byWorkerId);
    for (const workerId of struck) this.#strikes.set(workerId, (this.#strikes.get(workerId) ?? 0) + 1);
    return struck.filter((workerId) => this.#strikes.get(workerId)! >= maxStrikes);
  }

  forget(workerId: string): void {
    this.#strikes.delete(workerId);
  }
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
