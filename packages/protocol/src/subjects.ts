import type { AssistanceReply, AssistanceRequest, AssistanceResult } from './assistance.js';
import type { Codec } from './codec.js';
import * as codecs from './codecs/index.js';
import type {
  CoordinatorBeat,
  JoinReply,
  JoinRequest,
  LeaveNotice,
  SettingsReply,
  SettingsRequest,
  WorkerBeat,
} from './membership.js';
import type { ParametersUpdate, TensorsReply, TensorsRequest } from './parameters.js';
import type {
  CancelReply,
  CancelRequest,
  ClusterStatus,
  FilesReply,
  FilesRequest,
  ListRequest,
  ReadReply,
  ReadRequest,
  RunEvent,
  RunList,
  ShowReply,
  ShowRequest,
  StatusRequest,
  SubmitReply,
  SubmitRequest,
} from './runs.js';
import type { SweepChange, SweepReply, SweepShowRequest, SweepSubmission } from './sweeps.js';
import type { WorkReceipt, WorkReply, WorkRequest, WorkResult } from './work.js';

/** Where messages of one type are published. */
export interface Subject<Message> {
  readonly name: string;
  readonly codec: Codec<Message>;
}

/** Where questions of one type are asked and answered. */
export interface Service<Question, Answer> {
  readonly name: string;
  readonly question: Codec<Question>;
  readonly answer: Codec<Answer>;
}

/** Every subject of a run: `sparring.<run>.<entity>.<action>`. A run is named by its id; a part of it by `<id>/<part>`. */
export function subjectsOf(run: string) {
  const { subject, service } = within(run);
  return {
    membership: {
      settings: service<SettingsRequest, SettingsReply>(
        'membership',
        'settings',
        codecs.settingsRequest,
        codecs.settingsReply,
      ),
      join: service<JoinRequest, JoinReply>('membership', 'join', codecs.joinRequest, codecs.joinReply),
      leave: subject<LeaveNotice>('membership', 'leave', codecs.leaveNotice),
    },
    work: {
      ask: service<WorkRequest, WorkReply>('work', 'ask', codecs.workRequest, codecs.workReply),
    },
    /** Where results are returned: apart by what they hold, so that who may return what is a matter of permissions. */
    results: {
      pass: service<WorkResult, WorkReceipt>('gradients', 'return', codecs.passResult, codecs.workReceipt),
      advance: service<WorkResult, WorkReceipt>('parameters', 'return', codecs.advanceResult, codecs.workReceipt),
      attack: service<WorkResult, WorkReceipt>('adversarial', 'return', codecs.attackResult, codecs.workReceipt),
      assist: service<WorkResult, WorkReceipt>('work', 'assisted', codecs.assistResult, codecs.workReceipt),
      probe: service<WorkResult, WorkReceipt>('work', 'measured', codecs.probeResult, codecs.workReceipt),
      failure: service<WorkResult, WorkReceipt>('work', 'failed', codecs.failureResult, codecs.workReceipt),
    },
    /** What attackers ask the trainer that advances, and what they return to it. */
    assistance: {
      ask: service<AssistanceRequest, AssistanceReply>(
        'assistance',
        'ask',
        codecs.assistanceRequest,
        codecs.assistanceReply,
      ),
      return: service<AssistanceResult, WorkReceipt>(
        'assistance',
        'return',
        codecs.assistanceResult,
        codecs.workReceipt,
      ),
    },
    parameters: {
      publish: subject<ParametersUpdate>('parameters', 'publish', codecs.parametersUpdate),
      fetch: service<TensorsRequest, TensorsReply>('parameters', 'fetch', codecs.tensorsRequest, codecs.tensorsReply),
    },
    events: {
      publish: subject<RunEvent>('events', 'publish', codecs.runEvent),
    },
  };
}

export type Subjects = ReturnType<typeof subjectsOf>;

/** The subjects that belong to no run: `sparring.cluster.<entity>.<action>`. No run may bear this name. */
export function clusterSubjects() {
  const { subject, service } = within(clusterName);
  return {
    membership: { beat: subject<WorkerBeat>('membership', 'beat', codecs.workerBeat) },
    coordinator: {
      beat: subject<CoordinatorBeat>('coordinator', 'beat', codecs.coordinatorBeat),
      status: service<StatusRequest, ClusterStatus>(
        'coordinator',
        'status',
        codecs.statusRequest,
        codecs.clusterStatus,
      ),
    },
    runs: {
      submit: service<SubmitRequest, SubmitReply>('runs', 'submit', codecs.submitRequest, codecs.submitReply),
      list: service<ListRequest, RunList>('runs', 'list', codecs.listRequest, codecs.runList),
      show: service<ShowRequest, ShowReply>('runs', 'show', codecs.showRequest, codecs.showReply),
      cancel: service<CancelRequest, CancelReply>('runs', 'cancel', codecs.cancelRequest, codecs.cancelReply),
      files: service<FilesRequest, FilesReply>('runs', 'files', codecs.filesRequest, codecs.filesReply),
      read: service<ReadRequest, ReadReply>('runs', 'read', codecs.readRequest, codecs.readReply),
    },
    sweeps: {
      submit: service<SweepSubmission, SweepReply>('sweeps', 'submit', codecs.sweepSubmission, codecs.sweepReply),
      /** JSON: a line for each. */
      list: service<ListRequest, ReadReply>('sweeps', 'list', codecs.listRequest, codecs.readReply),
      /** JSON: how far its runs are. */
      show: service<SweepShowRequest, ReadReply>('sweeps', 'show', codecs.sweepShowRequest, codecs.readReply),
      change: service<SweepChange, SweepReply>('sweeps', 'change', codecs.sweepChange, codecs.sweepReply),
      /** JSON: what is kept of the folder of a finished run, which is named by its identity. */
      files: service<FilesRequest, ReadReply>('sweeps', 'files', codecs.filesRequest, codecs.readReply),
    },
  };
}

export type ClusterSubjects = ReturnType<typeof clusterSubjects>;

export const clusterName = 'cluster';

/** The stream of runs that wait for a trainer. */
export const runsStream = 'QUEUE';

/**
 * Where a run of a sweep waits, by how often the sweep had been stopped when it was laid out, and by its number:
 * `sparring.queue.<sweep>.<stops>.<number>`; of all of a sweep, or of all, with wildcards.
 */
export function queueSubject(sweep = '*', stops: number | '*' = '*', number: number | '*' = '*'): string {
  return `sparring.queue.${sweep}.${stops}.${number}`;
}

function within(run: string) {
  const name = (entity: string, action: string) => `sparring.${run}.${entity}.${action}`;
  return {
    subject: <Message>(entity: string, action: string, codec: Codec<Message>): Subject<Message> => ({
      name: name(entity, action),
      codec,
    }),
    service: <Question, Answer>(
      entity: string,
      action: string,
      question: Codec<Question>,
      answer: Codec<Answer>,
    ): Service<Question, Answer> => ({ name: name(entity, action), question, answer }),
  };
}
