import type { Codec } from '../codec.js';
import { sparring } from '../generated/messages.js';
import type { Outputs, Task } from '../tasks.js';
import type { Output, WorkResult } from '../work.js';
import { batchFromWire, batchToWire } from './adversarial.js';
import { duration, fitting, id, integer, present, text } from './fields.js';
import { messageCodec } from './message-codec.js';

/*
 * Results of one kind each: every kind has its own subject. Losses may be NaN here: the coordinator decides what that means.
 */

const wire = sparring.v1;

export const passResult: Codec<WorkResult> = messageCodec({
  type: wire.PassResult,
  memory: 'own',
  toWire(result: WorkResult, body) {
    const { gradients, loss } = outputOf('pass', result);
    return {
      origin: result,
      gradients: body.named(gradients),
      cleanLoss: loss.clean,
      adversarialLoss: loss.adversarial,
    };
  },
  fromWire({ origin, gradients, cleanLoss, adversarialLoss }, body) {
    const loss = { clean: cleanLoss ?? null, adversarial: adversarialLoss ?? null };
    const output = { gradients: body.named(gradients, 'gradients'), loss };
    return { ...originFromWire(origin), outcome: { kind: 'pass', output } };
  },
});

export const advanceResult: Codec<WorkResult> = messageCodec({
  type: wire.AdvanceResult,
  memory: 'own',
  toWire(result: WorkResult, body) {
    const { state, losses } = outputOf('advance', result);
    return { origin: result, state: body.named(state), losses: [...losses] };
  },
  fromWire({ origin, state, losses }, body) {
    const output = { state: body.named(state, 'state'), losses };
    return { ...originFromWire(origin), outcome: { kind: 'advance', output } };
  },
});

export const attackResult: Codec<WorkResult> = messageCodec({
  type: wire.AttackResult,
  memory: 'own',
  toWire(result: WorkResult, body) {
    return { origin: result, adversarial: batchToWire(outputOf('attack', result).adversarial, body) };
  },
  fromWire({ origin, adversarial }, body) {
    const output = { adversarial: batchFromWire(present(adversarial, 'adversarial'), body) };
    return { ...originFromWire(origin), outcome: { kind: 'attack', output } };
  },
});

export const assistResult: Codec<WorkResult> = messageCodec({
  type: wire.AssistResult,
  toWire: (result: WorkResult) => ({ origin: result, ...outputOf('assist', result) }),
  fromWire: ({ origin, attacks, dismissed }) => ({
    ...originFromWire(origin),
    outcome: { kind: 'assist', output: { attacks: integer(attacks, 'attacks'), dismissed } },
  }),
});

export const probeResult: Codec<WorkResult> = messageCodec({
  type: wire.ProbeResult,
  toWire: (result: WorkResult) => ({ origin: result, ...outputOf('probe', result) }),
  fromWire({ origin, examples, wrong, confidenceOnMistakes, loss, gradientCosine }) {
    const output = {
      examples: integer(examples, 'examples'),
      wrong: integer(wrong, 'wrong'),
      confidenceOnMistakes,
      loss,
      gradientCosine,
    };
    return { ...originFromWire(origin), outcome: { kind: 'probe', output } };
  },
});

export const failureResult: Codec<WorkResult> = messageCodec({
  type: wire.FailureResult,
  toWire(result: WorkResult) {
    if (result.outcome.kind !== 'failure') throw wrongKind('failure', result);
    return { origin: result, message: fitting(result.outcome.message) };
  },
  fromWire: ({ origin, message }) => ({
    ...originFromWire(origin),
    outcome: { kind: 'failure', message: text(message, 'message') },
  }),
});

function outputOf<Kind extends Task['kind']>(kind: Kind, result: WorkResult): Outputs[Kind] {
  if (result.outcome.kind !== kind) throw wrongKind(kind, result);
  const { output } = result.outcome as Output;
  return output as Outputs[Kind];
}

function wrongKind(kind: string, { outcome }: WorkResult): Error {
  return new Error(`the result of a ${outcome.kind} was to be sent as that of a ${kind}`);
}

function originFromWire(origin: sparring.v1.ResultOrigin.$Properties | null | undefined) {
  const { workerId, leaseId, term, computeMs, waitMs } = present(origin, 'origin');
  return {
    workerId: id(workerId, 'workerId'),
    leaseId: id(leaseId, 'leaseId'),
    term: integer(term, 'term'),
    computeMs: duration(computeMs, 'computeMs'),
    ...(waitMs ? { waitMs: duration(waitMs, 'waitMs') } : {}),
  };
}
