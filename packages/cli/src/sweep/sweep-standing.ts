import { livingHolder } from '@sparring/runtime';
import { readWish, sweepFolder } from '@sparring/sweep';
import type { Book } from './book.js';

/** How a sweep stands, whoever computes it, if anybody does. */
export interface Standing {
  readonly status: 'running' | 'ended' | 'stopped' | 'paused' | 'cancelled';
  /** Of the process that computes it; null where none does. */
  readonly pid: number | null;
}

export async function standingOf(book: Pick<Book, 'out' | 'record' | 'count'>): Promise<Standing> {
  const { out, record } = book;
  const holder = await livingHolder(sweepFolder(out, record.id));
  if (holder) return { status: 'running', pid: holder.pid };
  if (book.count('waiting', 'claimed') === 0) return { status: 'ended', pid: null };
  const status = ({ run: 'stopped', pause: 'paused', cancel: 'cancelled' } as const)[await readWish(out, record.id)];
  return { status, pid: null };
}

/** 'running in process 123', 'ended', 'paused', 'cancelled' or 'stopped' */
export function standingWords({ status, pid }: Standing): string {
  return pid === null ? status : `running in process ${pid}`;
}
