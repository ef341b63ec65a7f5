import type { Codec } from '../codec.js';
import type * as membership from '../membership.js';
import type * as parameters from '../parameters.js';
import type * as runs from '../runs.js';
import type * as work from '../work.js';

const pending = (): Codec<never> => ({
  memory: 'none',
  encode: () => {
    throw new Error('not written yet');
  },
  decode: () => {
    throw new Error('not written yet');
  },
});

export const settingsRequest = pending() as Codec<membership.SettingsRequest>;
export const settingsReply = pending() as Codec<membership.SettingsReply>;
export const joinRequest = pending() as Codec<membership.JoinRequest>;
export const joinReply = pending() as Codec<membership.JoinReply>;
export const leaveNotice = pending() as Codec<membership.LeaveNotice>;
export const workerBeat = pending() as Codec<membership.WorkerBeat>;
export const coordinatorBeat = pending() as Codec<membership.CoordinatorBeat>;
export const workRequest = pending() as Codec<work.WorkRequest>;
export const workReply = pending() as Codec<work.WorkReply>;
export const passResult = pending() as Codec<work.WorkResult>;
export const advanceResult = pending() as Codec<work.WorkResult>;
export const attackResult = pending() as Codec<work.WorkResult>;
export const probeResult = pending() as Codec<work.WorkResult>;
export const failureResult = pending() as Codec<work.WorkResult>;
export const workReceipt = pending() as Codec<work.WorkReceipt>;
export const parametersUpdate = pending() as Codec<parameters.ParametersUpdate>;
export const tensorsRequest = pending() as Codec<parameters.TensorsRequest>;
export const tensorsReply = pending() as Codec<parameters.TensorsReply>;
export const runEvent = pending() as Codec<runs.RunEvent>;
export const statusRequest = pending() as Codec<runs.StatusRequest>;
export const clusterStatus = pending() as Codec<runs.ClusterStatus>;
export const submitRequest = pending() as Codec<runs.SubmitRequest>;
export const submitReply = pending() as Codec<runs.SubmitReply>;
export const listRequest = pending() as Codec<runs.ListRequest>;
export const runList = pending() as Codec<runs.RunList>;
export const showRequest = pending() as Codec<runs.ShowRequest>;
export const showReply = pending() as Codec<runs.ShowReply>;
export const cancelRequest = pending() as Codec<runs.CancelRequest>;
export const cancelReply = pending() as Codec<runs.CancelReply>;
export const filesRequest = pending() as Codec<runs.FilesRequest>;
export const filesReply = pending() as Codec<runs.FilesReply>;
export const readRequest = pending() as Codec<runs.ReadRequest>;
export const readReply = pending() as Codec<runs.ReadReply>;
