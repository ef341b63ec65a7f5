import type { Codec } from '../codec.js';
import { sparring } from '../generated/messages.js';
import type { SweepChange, SweepReply, SweepShowRequest, SweepSubmission, SweepVerb } from '../sweeps.js';
import { fitting, integer, runId, text, words } from './fields.js';
import { messageCodec } from './message-codec.js';

const wire = sparring.v1;

export const sweepSubmission: Codec<SweepSubmission> = messageCodec({
  type: wire.SweepSubmission,
  memory: 'own',
  toWire: ({ protocolVersion, record }, body) => ({
    ...{ protocolVersion, bytes: record.length, crc32: body.bytes(record) },
  }),
  fromWire: ({ protocolVersion, bytes, crc32 }, body) => ({
    protocolVersion: integer(protocolVersion, 'protocolVersion'),
    record: body.bytes(integer(bytes, 'bytes'), crc32, 'bytes'),
  }),
});

export const sweepReply: Codec<SweepReply> = messageCodec({
  type: wire.SweepReply,
  toWire: (reply) => (reply.kind === 'accepted' ? { accepted: reply.sweep } : { refused: fitting(reply.reason) }),
  fromWire({ reply, accepted, refused }) {
    if (reply === 'refused') return { kind: 'refused', reason: text(refused, 'refused') };
    return { kind: 'accepted', sweep: runId(accepted, 'accepted') };
  },
});

export const sweepShowRequest: Codec<SweepShowRequest> = messageCodec({
  type: wire.SweepShowRequest,
  toWire: (request) => request,
  fromWire: ({ sweep, after }) => ({ sweep: runId(sweep, 'sweep'), after: integer(after, 'after') }),
});

const verbs = words<SweepVerb>({
  pause: wire.SweepVerb.SWEEP_VERB_PAUSE,
  cancel: wire.SweepVerb.SWEEP_VERB_CANCEL,
  resume: wire.SweepVerb.SWEEP_VERB_RESUME,
  retry: wire.SweepVerb.SWEEP_VERB_RETRY,
  remove: wire.SweepVerb.SWEEP_VERB_REMOVE,
});

export const sweepChange: Codec<SweepChange> = messageCodec({
  type: wire.SweepChange,
  toWire: ({ sweep, verb }) => ({ sweep, verb: verbs.toWire(verb) }),
  fromWire: ({ sweep, verb }) => ({ sweep: runId(sweep, 'sweep'), verb: verbs.fromWire(verb, 'verb') }),
});
