import type { Codec } from '../codec.js';
import { sparring } from '../generated/messages.js';
import type {
  CoordinatorBeat,
  JoinReply,
  JoinRequest,
  LeaveNotice,
  RunSettings,
  SettingsReply,
  SettingsRequest,
  WorkerBeat,
} from '../membership.js';
import {
  counts,
  fitting,
  id,
  integer,
  invalid,
  json,
  orEmpty,
  present,
  runName,
  text,
  texts,
  words,
} from './fields.js';
import { messageCodec } from './message-codec.js';

const wire = sparring.v1;

export const roles = words({ trainer: wire.Role.ROLE_TRAINER, attacker: wire.Role.ROLE_ATTACKER });

export const settingsRequest: Codec<SettingsRequest> = messageCodec({
  type: wire.SettingsRequest,
  toWire: ({ role, ...rest }) => ({ ...rest, role: roles.toWire(role) }),
  fromWire: ({ protocolVersion, workerId, role }) => ({
    protocolVersion: integer(protocolVersion, 'protocolVersion'),
    workerId: id(workerId, 'workerId'),
    role: roles.fromWire(role, 'role'),
  }),
});

export const settingsReply: Codec<SettingsReply> = messageCodec({
  type: wire.SettingsReply,
  toWire: (reply) => (reply.kind === 'settings' ? { settings: reply.settings } : { refused: fitting(reply.reason) }),
  fromWire({ reply, settings, refused }) {
    if (reply === 'refused') return { kind: 'refused', reason: text(refused, 'refused') };
    return { kind: 'settings', settings: settingsFromWire(present(settings, 'settings')) };
  },
});

function settingsFromWire(settings: sparring.v1.RunSettings.$Properties): RunSettings {
  return {
    run: runName(settings.run, 'run'),
    term: integer(settings.term, 'term'),
    engine: id(settings.engine, 'engine'),
    definition: json(settings.definition, 'definition'),
    data: json(settings.data, 'data'),
    dataChecksum: id(settings.dataChecksum, 'dataChecksum'),
    stepsPerCall: integer(settings.stepsPerCall, 'stepsPerCall', 1),
    maxBodyBytes: integer(settings.maxBodyBytes, 'maxBodyBytes'),
    staleness: integer(settings.staleness, 'staleness'),
    replicas: integer(settings.replicas, 'replicas', 1),
  };
}

export const joinRequest: Codec<JoinRequest> = messageCodec({
  type: wire.JoinRequest,
  toWire: ({ role, ...rest }) => ({ ...rest, role: roles.toWire(role) }),
  fromWire({ workerId, role, term, host, pid, qualification }) {
    const { engine, dataChecksum, fingerprint, cpu } = present(qualification, 'qualification');
    return {
      workerId: id(workerId, 'workerId'),
      role: roles.fromWire(role, 'role'),
      term: integer(term, 'term'),
      host: text(host, 'host'),
      pid: integer(pid, 'pid'),
      qualification: {
        engine: text(engine, 'engine'),
        dataChecksum: id(dataChecksum, 'dataChecksum'),
        fingerprint: orEmpty(id)(fingerprint, 'fingerprint'),
        cpu: text(cpu, 'cpu'),
      },
    };
  },
});

export const joinReply: Codec<JoinReply> = messageCodec({
  type: wire.JoinReply,
  toWire: (reply) => (reply.kind === 'welcome' ? { welcome: {} } : { refused: fitting(reply.reason) }),
  fromWire({ reply, refused }) {
    if (reply === undefined) throw invalid('reply', 'welcome or refused', 'none');
    return reply === 'welcome' ? { kind: 'welcome' } : { kind: 'refused', reason: text(refused, 'refused') };
  },
});

export const leaveNotice: Codec<LeaveNotice> = messageCodec({
  type: wire.LeaveNotice,
  toWire: ({ workerId, reason }) => ({ workerId, reason: fitting(reason) }),
  fromWire: ({ workerId, reason }) => ({ workerId: id(workerId, 'workerId'), reason: text(reason, 'reason') }),
});

export const workerBeat: Codec<WorkerBeat> = messageCodec({
  type: wire.WorkerBeat,
  toWire: ({ role, ...rest }) => ({ ...rest, role: roles.toWire(role) }),
  fromWire: ({ workerId, role, host, pid, run, refused, hindrances }) => ({
    workerId: id(workerId, 'workerId'),
    role: roles.fromWire(role, 'role'),
    host: text(host, 'host'),
    pid: integer(pid, 'pid'),
    run: orEmpty(runName)(run, 'run'),
    refused: counts(refused, 'refused'),
    hindrances: texts(hindrances, 'hindrances'),
  }),
});

export const coordinatorBeat: Codec<CoordinatorBeat> = messageCodec({
  type: wire.CoordinatorBeat,
  toWire: (beat) => beat,
  fromWire: ({ coordinatorId, term, run }) => ({
    coordinatorId: id(coordinatorId, 'coordinatorId'),
    term: integer(term, 'term'),
    run: orEmpty(runName)(run, 'run'),
  }),
});
