import {
  type Codec,
  clusterSubjects,
  type JoinRequest,
  mostSweepBytes,
  protocolVersion,
  type RunSettings,
  type Service,
  type Subject,
  subjectsOf,
  type TensorsRequest,
  type WorkRequest,
} from '@sparring/protocol';
import type { BrokerRole } from '@sparring/runtime';
import type { Arbitrary } from 'fast-check';
import fc from 'fast-check';
import { arbitraries } from '../../../packages/protocol/test/messages.ts';

/** What becomes of a message that can be decoded. */
export interface Fate {
  /** Under which reason it is counted; `stale` among results that came too late; null: it is taken. */
  readonly counted: string | null;
  readonly isAnswered: boolean;
}

/** A subject that a role may publish on. */
export interface Target {
  readonly role: BrokerRole;
  readonly name: string;
  readonly codec: Codec<unknown>;
  readonly isService: boolean;
  /** Of a message's body, as the receiver takes it. */
  readonly maxBodyBytes: number;
  /** Messages that are in order, but have no business here. */
  readonly valid: Arbitrary<unknown>;
  /** `skip`: nobody can say beforehand, or it would do what it is for. */
  readonly fateOf: (message: unknown) => Fate | 'skip';
}

/** What is known of those that the messages come to. */
export interface Known {
  readonly settings: RunSettings;
  readonly coordinatorId: string;
  readonly workerIds: readonly string[];
}

const taken: Fate = { counted: null, isAnswered: true };
const counted = (reason: string): Fate => ({ counted: reason, isAnswered: true });
/** For a coordinator of a later term to answer. */
const left: Fate = { counted: 'unknown', isAnswered: false };

/** What trainers, attackers and clients may say to the coordinator. */
export function targetsAtCoordinator({ settings, workerIds }: Known): Target[] {
  const { run, term } = settings;
  const subjects = subjectsOf(run);
  const cluster = clusterSubjects();
  const isAlive = (workerId: string) => workerIds.includes(workerId);

  const byWorkers = (role: 'trainer' | 'attacker'): Target[] => [
    service(role, subjects.membership.settings, arbitraries.settingsRequest.arbitrary, (request) =>
      request.protocolVersion === protocolVersion ? taken : counted('unfit'),
    ),
    service(role, subjects.membership.join, arbitraries.joinRequest.arbitrary, (request: JoinRequest) => {
      if (request.term > term) return left;
      if (isAlive(request.workerId)) return taken;
      return counted(request.term < term ? 'old-term' : 'unfit');
    }),
    subject(role, subjects.membership.leave, arbitraries.leaveNotice.arbitrary, ({ workerId }) =>
      isAlive(workerId) ? 'skip' : counted('unknown'),
    ),
    // Few names: those that are heard fill the roster.
    subject(
      role,
      cluster.membership.beat,
      fc
        .tuple(arbitraries.workerBeat.arbitrary, fc.nat(50))
        .map(([beat, of]) => ({ ...beat, workerId: `ghost-${of}` })),
      ({ workerId }) => (isAlive(workerId) || workerId.startsWith('ghost-') ? taken : 'skip'),
    ),
    service(role, subjects.work.ask, arbitraries.workRequest.arbitrary, (request: WorkRequest) =>
      request.term > term
        ? left
        : isAlive(request.workerId)
          ? 'skip'
          : counted(request.term < term ? 'old-term' : 'unknown'),
    ),
    service(
      role,
      subjects.parameters.fetch,
      arbitraries.tensorsRequest.arbitrary.map((request) => ({ ...request, step: 1_000_000 + request.step })),
      (request: TensorsRequest) => {
        if (request.term > term) return left;
        if (request.term < term) return counted('old-term');
        return request.step > 900_000 ? counted('unknown') : 'skip';
      },
    ),
  ];
  const returned = (
    role: 'trainer' | 'attacker',
    kind: 'pass' | 'advance' | 'attack' | 'assist' | 'probe' | 'failure',
  ) => {
    const limit = settings.maxBodyBytes;
    return {
      ...service(role, subjects.results[kind], arbitraries[`${kind}Result`].arbitrary, (result) =>
        (result as { term: number }).term > term ? left : counted('stale'),
      ),
      ...{ maxBodyBytes: limit },
    };
  };
  const { runs, sweeps, coordinator } = cluster;
  // Of the run that is trained, its files are asked for too.
  const orThisRun = <Asked extends { run: string }>(arbitrary: Arbitrary<Asked>): Arbitrary<Asked> =>
    fc.tuple(arbitrary, fc.boolean()).map(([asked, here]) => (here ? { ...asked, run } : asked));
  return [
    ...byWorkers('trainer'),
    ...(['pass', 'advance', 'attack', 'probe', 'failure'] as const).map((kind) => returned('trainer', kind)),
    ...byWorkers('attacker'),
    ...(['attack', 'assist', 'probe', 'failure'] as const).map((kind) => returned('attacker', kind)),
    service('client', runs.submit, submissions, () => taken),
    service('client', runs.list, arbitraries.listRequest.arbitrary, () => taken),
    service('client', runs.show, orThisRun(arbitraries.showRequest.arbitrary), () => taken),
    service('client', runs.cancel, arbitraries.cancelRequest.arbitrary, (asked) =>
      asked.run === run ? 'skip' : taken,
    ),
    service('client', runs.files, orThisRun(arbitraries.filesRequest.arbitrary), () => taken),
    service('client', runs.read, orThisRun(reads), () => taken),
    {
      ...service('client', sweeps.submit, arbitraries.sweepSubmission.arbitrary, () => taken),
      ...{ maxBodyBytes: mostSweepBytes },
    },
    service('client', sweeps.list, arbitraries.listRequest.arbitrary, () => taken),
    service('client', sweeps.show, arbitraries.sweepShowRequest.arbitrary, () => taken),
    service('client', sweeps.change, arbitraries.sweepChange.arbitrary, () => taken),
    service('client', sweeps.files, arbitraries.filesRequest.arbitrary, () => taken),
    service('client', coordinator.status, arbitraries.statusRequest.arbitrary, () => taken),
  ];
}

/** What the coordinator says to its workers, and hears itself; of the beats only those of a term that is over leave it in office. */
export function targetsAtWorkers({ settings, coordinatorId }: Known): Target[] {
  const { run, term, maxBodyBytes } = settings;
  const subjects = subjectsOf(run);
  return [
    subject(
      'coordinator',
      clusterSubjects().coordinator.beat,
      arbitraries.coordinatorBeat.arbitrary.map((beat) => ({ ...beat, term: 0 })),
      (beat) => (beat.term < term && beat.coordinatorId !== coordinatorId ? counted('old-term') : 'skip'),
    ),
    {
      ...subject('coordinator', subjects.parameters.publish, arbitraries.parametersUpdate.arbitrary, (update) =>
        update.term === term ? 'skip' : counted(update.term < term ? 'old-term' : 'unknown'),
      ),
      maxBodyBytes,
    },
  ];
}

/** What the coordinator tells whoever listens. */
export function targetsAtClients({ settings }: Known): Target[] {
  const events = subjectsOf(settings.run).events.publish;
  return [subject('coordinator', events, arbitraries.runEvent.arbitrary, () => taken)];
}

function service<Question, Answer>(
  role: BrokerRole,
  { name, question }: Service<Question, Answer>,
  valid: Arbitrary<Question>,
  fateOf: (message: Question) => Fate | 'skip',
): Target {
  const codec = question as Codec<unknown>;
  return { role, name, codec, isService: true, maxBodyBytes: 0, valid, fateOf: fateOf as Target['fateOf'] };
}

function subject<Message>(
  role: BrokerRole,
  { name, codec }: Subject<Message>,
  valid: Arbitrary<Message>,
  fateOf: (message: Message) => Fate | 'skip',
): Target {
  const unanswered = (message: unknown) => {
    const fate = fateOf(message as Message);
    return fate === 'skip' ? fate : { ...fate, isAnswered: false };
  };
  return { role, name, codec: codec as Codec<unknown>, isService: false, maxBodyBytes: 0, valid, fateOf: unanswered };
}

/** Configurations that nobody can train. */
const submissions = fc.record({
  submission: fc.uuid(),
  protocolVersion: fc.constantFrom(protocolVersion, protocolVersion, 0, 7),
  config: fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom(
      'model: 7',
      'model: { kind: softmax, kind: mlp }',
      'model: { kind: maxout, layers: [{ units: -1, pieces: 1e99 }] }\nepochs: 0\nbatch: .5\nshards: 7',
      'a: &a [1, 1]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nd: [*c, *c, *c]',
      '__proto__: { polluted: 1 }\nconstructor: { prototype: 1 }',
      'model: ../../../../etc/no-module.js',
      '['.repeat(500),
      `name: ${'x'.repeat(3_000)}`,
      '#'.repeat(40_000),
      Array.from({ length: 40 }, (_, number) => `unknown${number}: 1`).join('\n'),
    ),
  ),
});

const reads = fc
  .record({
    asked: arbitraries.readRequest.arbitrary,
    path: fc.constantFrom('config.yaml', 'checkpoints/last.safetensors', 'metrics.jsonl', 'config.yaml/x', '__proto__'),
    isThere: fc.boolean(),
  })
  .map(({ asked, path, isThere }) => (isThere ? { ...asked, path } : asked));
