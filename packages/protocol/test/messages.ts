import fc, { type Arbitrary } from 'fast-check';
import * as codecs from '../dist/codecs/index.js';
import type * as protocol from '../dist/index.js';

/** How many messages a property is tried with: SPARRING_FUZZ_RUNS raises it. */
export const runs = (numRuns = 100) => ({ numRuns: Number(process.env.SPARRING_FUZZ_RUNS ?? numRuns) });

/** A codec, and any message that it takes. */
export interface Tried<Message> {
  readonly codec: protocol.Codec<Message>;
  readonly arbitrary: Arbitrary<Message>;
}

const { record, oneof, constant, constantFrom, array, option, dictionary } = fc;

/** What fields may hold. */
export const bytes = fc.uint8Array({ maxLength: 40 });
export const text = fc.string({ unit: 'binary', maxLength: 60 }).map((words) => words.replace(/[^\P{Cc}\n\t]/gu, '?'));
const count = oneof(fc.nat(9), fc.maxSafeNat());
const positive = count.map((number) => Math.max(1, number));
const id = fc.stringMatching(/^[\w:.@é-]{1,40}$/);
const runId = fc.stringMatching(/^[\w-]{1,40}$/);
const run = oneof(
  runId,
  array(runId, { minLength: 2, maxLength: 3 }).map((parts) => parts.join('/')),
);
const json = fc.json({ maxDepth: 2 });
const path = array(fc.stringMatching(/^[\w-]{1,9}\.?$/), { minLength: 1, maxLength: 3 }).map((names) =>
  names.join('/'),
);
const duration = fc.double({ min: 0, max: 1e9, noNaN: true }).map((ms) => ms + 0);
const name = oneof(
  fc.stringMatching(/^[\w/ .]{1,20}$/),
  constantFrom('7', 'constructor', 'toString', 'ε/kernel'),
).filter((word) => word !== '__proto__');
const values = fc.float32Array({ maxLength: 9 });
const tensors = dictionary(name, values, { maxKeys: 4, noNullPrototype: true });
const refused = dictionary(name, count, { maxKeys: 3, noNullPrototype: true });
const role = constantFrom<protocol.Role>('trainer', 'attacker');
const reason = text;

const line: Arbitrary<protocol.Lineage> = option(positive).map((rollbacks) => (rollbacks ? { rollbacks } : {}));
const tasks: Arbitrary<protocol.Task> = oneof(
  record(
    { kind: constant('advance' as const), step: count, numSteps: positive, replica: count, assisted: constant(true) },
    { requiredKeys: ['kind', 'step', 'numSteps', 'replica'] },
  ),
  record({
    kind: constant('pass' as const),
    part: constantFrom('whole', 'clean', 'adversarial'),
    step: count,
    shard: count,
  }),
  record({ kind: constant('assist' as const), step: count, numSteps: positive }),
  record({ kind: constant('attack' as const), step: count, shard: count, parametersStep: count }),
  record({
    ...{ kind: constant('probe' as const), split: constantFrom('validation', 'test'), parametersStep: count },
    ...{ attack: oneof(constant('clean'), json), range: fc.tuple(count, count) },
  }).map(({ range, ...probe }) => ({ ...probe, from: Math.min(...range), to: Math.max(...range) })),
).chain((task) => line.map((lineage) => ({ ...task, ...lineage }) as protocol.Task));
const batch: Arbitrary<protocol.AdversarialBatch> = oneof(
  record({ encoding: constant('float32' as const), examples: values }),
  record({ encoding: constant('signs' as const), codes: bytes.map((some) => some.map((byte) => byte & 0b01100110)) }),
);
const lease: Arbitrary<protocol.Lease> = record(
  { leaseId: id, term: count, task: tasks, durationMs: duration, adversarial: batch },
  { requiredKeys: ['leaseId', 'term', 'task', 'durationMs'] },
);

const loss = option(fc.double());
const sum = fc.double().map((number) => number + 0); // −0 is 0 on the wire
const result = <Outcome extends protocol.WorkResult['outcome']>(outcome: Arbitrary<Outcome>) =>
  record<protocol.WorkResult>(
    { workerId: id, leaseId: id, term: count, computeMs: duration, waitMs: duration.filter((ms) => ms > 0), outcome },
    { requiredKeys: ['workerId', 'leaseId', 'term', 'computeMs', 'outcome'] },
  );
const output = <Kind extends protocol.Task['kind']>(kind: Kind, made: Arbitrary<protocol.Outputs[Kind]>) =>
  result(record({ kind: constant(kind), output: made }) as unknown as Arbitrary<protocol.Output>);

const layout = fc.uniqueArray(record({ name, elements: fc.nat(30) }), {
  selector: (tensor) => tensor.name,
  maxLength: 4,
});
const part: Arbitrary<protocol.TensorsReply> = layout.chain((whole) =>
  record({
    kind: constant('part' as const),
    layout: constant(whole),
    slices: fc.tuple(
      ...whole.map((tensor) =>
        fc
          .tuple(fc.nat(tensor.elements), fc.nat(tensor.elements))
          .map(([from, to]) => [Math.min(from, to), Math.max(from, to)] as const)
          .map(([from, to]) => ({ name: tensor.name, from, values: new Float32Array(to - from).fill(from) })),
      ),
    ),
  }),
);

const status = constantFrom<protocol.RunStatus>('queued', 'running', 'finished', 'failed', 'cancelled');
const info: Arbitrary<protocol.RunInfo> = record({
  ...{ run: runId, name: text, seed: count, status, submittedAt: count, startedAt: count, endedAt: count },
  ...{ step: count, lastStep: count, error: text },
});
const event: Arbitrary<protocol.RunEvent> = record({ term: count, phase: constantFrom('net', 'twin'), event: json });
const worker: Arbitrary<protocol.WorkerInfo> = record({
  ...{ workerId: id, role, host: text, pid: count, run: oneof(run, constant('')), refused },
});
const settings: Arbitrary<protocol.RunSettings> = record({
  ...{ run, term: count, engine: id, definition: json, data: json, dataChecksum: id, stepsPerCall: positive },
  ...{ maxBodyBytes: count, staleness: count, replicas: positive },
});
const refusal = record({ kind: constant('refused' as const), reason });

/** Every codec of the wire, by its name. */
export const arbitraries = {
  settingsRequest: trying(codecs.settingsRequest, record({ protocolVersion: count, workerId: id, role })),
  settingsReply: trying(
    codecs.settingsReply,
    oneof(record({ kind: constant('settings' as const), settings }), refusal),
  ),
  joinRequest: trying(
    codecs.joinRequest,
    record({
      ...{ workerId: id, role, term: count, host: text, pid: count },
      qualification: record({ engine: text, dataChecksum: id, fingerprint: oneof(id, constant('')), cpu: text }),
    }),
  ),
  joinReply: trying(codecs.joinReply, oneof(record({ kind: constant('welcome' as const) }), refusal)),
  leaveNotice: trying(codecs.leaveNotice, record({ workerId: id, reason })),
  workerBeat: trying(
    codecs.workerBeat,
    fc
      .tuple(worker, dictionary(name, text, { maxKeys: 3, noNullPrototype: true }))
      .map(([of, hindrances]) => ({ ...of, hindrances })) as Arbitrary<protocol.WorkerBeat>,
  ),
  coordinatorBeat: trying(
    codecs.coordinatorBeat,
    record({ coordinatorId: id, term: count, run: oneof(run, constant('')) }),
  ),
  workRequest: trying(codecs.workRequest, record({ workerId: id, role, term: count, ask: positive })),
  workReply: trying(
    codecs.workReply,
    oneof(record({ kind: constant('lease' as const), lease }), record({ kind: constant('leave' as const) })),
  ),
  passResult: trying(
    codecs.passResult,
    output('pass', record({ gradients: tensors, loss: record({ clean: loss, adversarial: loss }) })),
  ),
  advanceResult: trying(
    codecs.advanceResult,
    output('advance', record({ state: tensors, losses: array(fc.double()) })),
  ),
  attackResult: trying(codecs.attackResult, output('attack', record({ adversarial: batch }))),
  assistResult: trying(codecs.assistResult, output('assist', record({ attacks: count, dismissed: fc.boolean() }))),
  probeResult: trying(
    codecs.probeResult,
    output(
      'probe',
      record({ examples: count, wrong: count, confidenceOnMistakes: sum, loss: sum, gradientCosine: sum }),
    ),
  ),
  failureResult: trying(codecs.failureResult, result(record({ kind: constant('failure' as const), message: text }))),
  workReceipt: trying(codecs.workReceipt, constantFrom('accepted', 'stale', 'refused')),
  assistanceRequest: trying(
    codecs.assistanceRequest,
    fc
      .tuple(record({ workerId: id, term: count, step: count, ask: positive }), line)
      .map(([request, lineage]) => ({ ...request, ...lineage })),
  ),
  assistanceReply: trying(
    codecs.assistanceReply,
    oneof(
      record({ kind: constant('shard' as const), step: count, shard: count }),
      record({ kind: constant('over' as const) }),
    ),
  ),
  assistanceResult: trying(
    codecs.assistanceResult,
    fc
      .tuple(record({ workerId: id, term: count, step: count, shard: count, adversarial: batch }), line)
      .map(([result, lineage]) => ({ ...result, ...lineage })),
  ),
  parametersUpdate: trying(
    codecs.parametersUpdate,
    fc
      .tuple(record({ term: count, step: count, parameters: tensors }), line)
      .map(([update, lineage]) => ({ ...update, ...lineage })),
  ),
  tensorsRequest: trying(
    codecs.tensorsRequest,
    fc
      .tuple(
        record({ term: count, step: count, what: constantFrom('parameters', 'state'), offset: count, length: count }),
        line,
      )
      .map(([request, lineage]) => ({ ...request, ...lineage })),
  ),
  tensorsReply: trying(codecs.tensorsReply, oneof(part, record({ kind: constant('gone' as const) }))),
  runEvent: trying(codecs.runEvent, event),
  statusRequest: trying(codecs.statusRequest, record({ protocolVersion: count })),
  clusterStatus: trying(
    codecs.clusterStatus,
    record({
      ...{ coordinatorId: id, term: count, host: text, pid: count, run: oneof(run, constant('')), mode: text },
      ...{
        spareTrainers: count,
        workers: array(worker, { maxLength: 3 }),
        refused,
        releases: count,
        staleResults: count,
      },
    }),
  ),
  submitRequest: trying(codecs.submitRequest, record({ protocolVersion: count, submission: id, config: text })),
  submitReply: trying(
    codecs.submitReply,
    oneof(record({ kind: constant('accepted' as const), run: runId, ahead: count }), refusal),
  ),
  listRequest: trying(codecs.listRequest, record({ protocolVersion: count })),
  runList: trying(codecs.runList, record({ runs: array(info, { maxLength: 3 }) })),
  showRequest: trying(codecs.showRequest, record({ run: runId })),
  showReply: trying(
    codecs.showReply,
    oneof(
      record({ kind: constant('run' as const), info, config: text, epochs: array(event, { maxLength: 3 }) }),
      record({ kind: constant('unknown' as const) }),
    ),
  ),
  cancelRequest: trying(codecs.cancelRequest, record({ run: runId })),
  cancelReply: trying(codecs.cancelReply, record({ status: oneof(status, constant('unknown' as const)) })),
  filesRequest: trying(codecs.filesRequest, record({ run: runId })),
  filesReply: trying(
    codecs.filesReply,
    record({
      files: array(record({ path, bytes: count, sha256: fc.stringMatching(/^[0-9a-f]{64}$/) }), { maxLength: 3 }),
    }),
  ),
  readRequest: trying(codecs.readRequest, record({ run: runId, path, offset: count, length: count })),
  readReply: trying(codecs.readReply, record({ bytes })),
  sweepSubmission: trying(codecs.sweepSubmission, record({ protocolVersion: count, record: bytes })),
  sweepReply: trying(codecs.sweepReply, oneof(record({ kind: constant('accepted' as const), sweep: runId }), refusal)),
  sweepShowRequest: trying(codecs.sweepShowRequest, record({ sweep: runId, after: count })),
  sweepChange: trying(
    codecs.sweepChange,
    record({ sweep: runId, verb: constantFrom<protocol.SweepVerb>('pause', 'cancel', 'resume', 'retry', 'remove') }),
  ),
};

function trying<Message>(codec: protocol.Codec<Message>, arbitrary: Arbitrary<Message>): Tried<Message> {
  return { codec, arbitrary };
}
