import type { Codec } from '../codec.js';
import { sparring } from '../generated/messages.js';
import type { Lease, WorkReceipt, WorkReply, WorkRequest } from '../work.js';
import { batchFromWire, batchToWire } from './adversarial.js';
import type { BodyReader, BodyWriter } from './body.js';
import { duration, id, integer, present, words } from './fields.js';
import { roles } from './membership.js';
import { messageCodec } from './message-codec.js';
import { taskFromWire, taskToWire } from './tasks.js';

const wire = sparring.v1;

export const workRequest: Codec<WorkRequest> = messageCodec({
  type: wire.WorkRequest,
  toWire: ({ role, ...rest }) => ({ ...rest, role: roles.toWire(role) }),
  fromWire: ({ workerId, role, term, ask }) => ({
    workerId: id(workerId, 'workerId'),
    role: roles.fromWire(role, 'role'),
    term: integer(term, 'term'),
    ask: integer(ask, 'ask', 1),
  }),
});

export const workReply: Codec<WorkReply> = messageCodec({
  type: wire.WorkReply,
  memory: 'own',
  toWire: (reply, body) => (reply.kind === 'lease' ? { lease: leaseToWire(reply.lease, body) } : { leave: {} }),
  fromWire({ reply, lease }, body) {
    if (reply === 'leave') return { kind: 'leave' };
    return { kind: 'lease', lease: leaseFromWire(present(lease, 'reply'), body) };
  },
});

function leaseToWire({ task, adversarial, ...rest }: Lease, body: BodyWriter): sparring.v1.Lease.$Properties {
  return { ...rest, task: taskToWire(task), adversarial: adversarial ? batchToWire(adversarial, body) : null };
}

function leaseFromWire(lease: sparring.v1.Lease.$Properties, body: BodyReader): Lease {
  const { adversarial } = lease;
  return {
    leaseId: id(lease.leaseId, 'leaseId'),
    term: integer(lease.term, 'term'),
    task: taskFromWire(present(lease.task, 'task')),
    durationMs: duration(lease.durationMs, 'durationMs'),
    ...(adversarial ? { adversarial: batchFromWire(adversarial, body) } : {}),
  };
}

const verdicts = words<WorkReceipt>({
  accepted: wire.WorkReceipt.Verdict.VERDICT_ACCEPTED,
  stale: wire.WorkReceipt.Verdict.VERDICT_STALE,
  refused: wire.WorkReceipt.Verdict.VERDICT_REFUSED,
});

export const workReceipt: Codec<WorkReceipt> = messageCodec({
  type: wire.WorkReceipt,
  toWire: (receipt: WorkReceipt) => ({ verdict: verdicts.toWire(receipt) }),
  fromWire: ({ verdict }) => verdicts.fromWire(verdict, 'verdict'),
});
