import type { Codec } from '../codec.js';
import { sparring } from '../generated/messages.js';
import type { ClusterStatus, StatusRequest, WorkerInfo } from '../runs.js';
import { counts, id, integer, orEmpty, runName, text } from './fields.js';
import { messageCodec } from './message-codec.js';

const wire = sparring.v1;

export const statusRequest: Codec<StatusRequest> = messageCodec({
  type: wire.StatusRequest,
  toWire: (request) => request,
  fromWire: ({ protocolVersion }) => ({ protocolVersion: integer(protocolVersion, 'protocolVersion') }),
});

export const clusterStatus: Codec<ClusterStatus> = messageCodec({
  type: wire.ClusterStatus,
  toWire: (status) => ({ ...status, workers: [...status.workers] }),
  fromWire: (status) => ({
    coordinatorId: id(status.coordinatorId, 'coordinatorId'),
    term: integer(status.term, 'term'),
    host: text(status.host, 'host'),
    pid: integer(status.pid, 'pid'),
    run: orEmpty(runName)(status.run, 'run'),
    mode: text(status.mode, 'mode'),
    spareTrainers: integer(status.spareTrainers, 'spareTrainers'),
    workers: status.workers.map(workerFromWire),
    refused: counts(status.refused, 'refused'),
    releases: integer(status.releases, 'releases'),
    staleResults: integer(status.staleResults, 'staleResults'),
  }),
});

function workerFromWire({ workerId, role, host, pid, run, refused }: sparring.v1.WorkerInfo.$Properties): WorkerInfo {
  return {
    workerId: id(workerId, 'workerId'),
    role: text(role, 'role'),
    host: text(host, 'host'),
    pid: integer(pid, 'pid'),
    run: orEmpty(runName)(run, 'run'),
    refused: counts(refused, 'refused'),
  };
}
