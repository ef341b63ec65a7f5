import type { AssistanceReply, AssistanceRequest, AssistanceResult } from '../assistance.js';
import type { Codec } from '../codec.js';
import { sparring } from '../generated/messages.js';
import { batchFromWire, batchToWire } from './adversarial.js';
import { id, integer, lineage, present } from './fields.js';
import { messageCodec } from './message-codec.js';

const wire = sparring.v1;

export const assistanceRequest: Codec<AssistanceRequest> = messageCodec({
  type: wire.AssistanceRequest,
  toWire: (request: AssistanceRequest) => request,
  fromWire: ({ workerId, term, step, ask, ...rest }) => ({
    workerId: id(workerId, 'workerId'),
    term: integer(term, 'term'),
    step: integer(step, 'step'),
    ...lineage(rest),
    ask: integer(ask, 'ask', 1),
  }),
});

export const assistanceReply: Codec<AssistanceReply> = messageCodec({
  type: wire.AssistanceReply,
  toWire: (reply: AssistanceReply) => (reply.kind === 'shard' ? { shard: reply } : { over: {} }),
  fromWire({ reply, shard }) {
    if (reply === 'over') return { kind: 'over' };
    const given = present(shard, 'reply');
    return { kind: 'shard', step: integer(given.step, 'step'), shard: integer(given.shard, 'shard') };
  },
});

export const assistanceResult: Codec<AssistanceResult> = messageCodec({
  type: wire.AssistanceResult,
  memory: 'own',
  toWire: ({ adversarial, ...rest }: AssistanceResult, body) => ({
    ...rest,
    adversarial: batchToWire(adversarial, body),
  }),
  fromWire: ({ workerId, term, step, shard, adversarial, ...rest }, body) => ({
    workerId: id(workerId, 'workerId'),
    term: integer(term, 'term'),
    step: integer(step, 'step'),
    ...lineage(rest),
    shard: integer(shard, 'shard'),
    adversarial: batchFromWire(present(adversarial, 'adversarial'), body),
  }),
});
