import type { JoinRequest, LeaveNotice, RunSettings } from './membership.js';
import type { WorkReceipt, WorkReply, WorkRequest, WorkResult } from './work.js';

/** Where messages of one type are published. */
export interface Subject<Message> {
  readonly name: string;
  readonly carries?: Message;
}

/** Where questions of one type are asked and answered. */
export interface Service<Question, Answer> {
  readonly name: string;
  readonly takes?: Question;
  readonly gives?: Answer;
}

/** Every subject of a run: `sparring.<run>.<entity>.<action>`. */
export function subjectsOf(run: string) {
  const name = (entity: string, action: string) => ({ name: `sparring.${run}.${entity}.${action}` });
  return {
    membership: {
      join: name('membership', 'join') as Service<JoinRequest, RunSettings>,
      leave: name('membership', 'leave') as Subject<LeaveNotice>,
    },
    work: {
      ask: name('work', 'ask') as Service<WorkRequest, WorkReply>,
      return: name('work', 'return') as Service<WorkResult, WorkReceipt>,
    },
  };
}

export type Subjects = ReturnType<typeof subjectsOf>;
