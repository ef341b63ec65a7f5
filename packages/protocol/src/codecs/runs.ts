import type { Codec } from '../codec.js';
import { sparring } from '../generated/messages.js';
import type {
  CancelReply,
  CancelRequest,
  ListRequest,
  RunEvent,
  RunInfo,
  RunList,
  RunStatus,
  ShowReply,
  ShowRequest,
  SubmitReply,
  SubmitRequest,
} from '../runs.js';
import { fitting, id, integer, json, longText, present, runId, text, words } from './fields.js';
import { messageCodec } from './message-codec.js';

const wire = sparring.v1;

export const submitRequest: Codec<SubmitRequest> = messageCodec({
  type: wire.SubmitRequest,
  toWire: (request) => request,
  fromWire: ({ protocolVersion, submission, config }) => ({
    protocolVersion: integer(protocolVersion, 'protocolVersion'),
    submission: id(submission, 'submission'),
    config: longText(config, 'config'),
  }),
});

export const submitReply: Codec<SubmitReply> = messageCodec({
  type: wire.SubmitReply,
  toWire: (reply) => (reply.kind === 'accepted' ? { accepted: reply } : { refused: fitting(reply.reason) }),
  fromWire({ reply, accepted, refused }) {
    if (reply === 'refused') return { kind: 'refused', reason: text(refused, 'refused') };
    const { run, ahead } = present(accepted, 'reply');
    return { kind: 'accepted', run: runId(run, 'run'), ahead: integer(ahead, 'ahead') };
  },
});

export const listRequest: Codec<ListRequest> = messageCodec({
  type: wire.ListRequest,
  toWire: (request) => request,
  fromWire: ({ protocolVersion }) => ({ protocolVersion: integer(protocolVersion, 'protocolVersion') }),
});

export const runList: Codec<RunList> = messageCodec({
  type: wire.RunList,
  toWire: ({ runs }) => ({ runs: runs.map(infoToWire) }),
  fromWire: ({ runs }) => ({ runs: runs.map(infoFromWire) }),
});

export const showRequest: Codec<ShowRequest> = messageCodec({
  type: wire.ShowRequest,
  toWire: (request) => request,
  fromWire: ({ run }) => ({ run: runId(run, 'run') }),
});

export const showReply: Codec<ShowReply> = messageCodec({
  type: wire.ShowReply,
  toWire(reply) {
    if (reply.kind === 'unknown') return { unknown: {} };
    return { shown: { info: infoToWire(reply.info), config: reply.config, epochs: [...reply.epochs] } };
  },
  fromWire({ reply, shown }) {
    if (reply === 'unknown') return { kind: 'unknown' };
    const { info, config, epochs } = present(shown, 'reply');
    return {
      kind: 'run',
      info: infoFromWire(present(info, 'info')),
      config: longText(config, 'config'),
      epochs: (epochs ?? []).map(eventFromWire),
    };
  },
});

export const cancelRequest: Codec<CancelRequest> = messageCodec({
  type: wire.CancelRequest,
  toWire: (request) => request,
  fromWire: ({ run }) => ({ run: runId(run, 'run') }),
});

export const cancelReply: Codec<CancelReply> = messageCodec({
  type: wire.CancelReply,
  toWire: ({ status }) => (status === 'unknown' ? { unknown: {} } : { status: statuses.toWire(status) }),
  fromWire: ({ reply, status }) => ({ status: reply === 'unknown' ? 'unknown' : statuses.fromWire(status, 'status') }),
});

export const runEvent: Codec<RunEvent> = messageCodec({
  type: wire.RunEvent,
  toWire: (event) => event,
  fromWire: eventFromWire,
});

function eventFromWire({ term, phase, event }: sparring.v1.RunEvent.$Properties): RunEvent {
  return { term: integer(term, 'term'), phase: text(phase, 'phase'), event: json(event, 'event') };
}

const statuses = words<RunStatus>({
  queued: wire.RunStatus.RUN_STATUS_QUEUED,
  running: wire.RunStatus.RUN_STATUS_RUNNING,
  finished: wire.RunStatus.RUN_STATUS_FINISHED,
  failed: wire.RunStatus.RUN_STATUS_FAILED,
  cancelled: wire.RunStatus.RUN_STATUS_CANCELLED,
});

function infoToWire(info: RunInfo): sparring.v1.RunInfo.$Properties {
  return { ...info, status: statuses.toWire(info.status), error: fitting(info.error) };
}

function infoFromWire(info: sparring.v1.RunInfo.$Properties): RunInfo {
  return {
    run: runId(info.run, 'run'),
    name: text(info.name, 'name'),
    seed: integer(info.seed, 'seed'),
    status: statuses.fromWire(info.status, 'status'),
    submittedAt: integer(info.submittedAt, 'submittedAt'),
    startedAt: integer(info.startedAt, 'startedAt'),
    endedAt: integer(info.endedAt, 'endedAt'),
    step: integer(info.step, 'step'),
    lastStep: integer(info.lastStep, 'lastStep'),
    error: text(info.error, 'error'),
  };
}
