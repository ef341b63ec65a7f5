export { assistanceReply, assistanceRequest, assistanceResult } from './assistance.js';
export { clusterStatus, statusRequest } from './cluster-status.js';
export {
  coordinatorBeat,
  joinReply,
  joinRequest,
  leaveNotice,
  settingsReply,
  settingsRequest,
  workerBeat,
} from './membership.js';
export { parametersUpdate, tensorsReply, tensorsRequest } from './parameters.js';
export { advanceResult, assistResult, attackResult, failureResult, passResult, probeResult } from './results.js';
export { filesReply, filesRequest, readReply, readRequest } from './run-files.js';
export {
  cancelReply,
  cancelRequest,
  listRequest,
  runEvent,
  runList,
  showReply,
  showRequest,
  submitReply,
  submitRequest,
} from './runs.js';
export { sweepChange, sweepReply, sweepShowRequest, sweepSubmission } from './sweeps.js';
export { workReceipt, workReply, workRequest } from './work.js';
