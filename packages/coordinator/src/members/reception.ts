import {
  type NamedTensors,
  type Qualification,
  type RefusalReason,
  type RunSettings,
  type Subjects,
  type TensorsReply,
  type TensorsRequest,
  unableToJoin,
} from '@sparring/protocol';
import { type Bus, type Stop, sparingly } from '@sparring/runtime';
import type { TrainingEvent } from '../events.js';
import type { StateKeeper } from '../training/state-keeper.js';
import type { WorkDesk } from '../work/work-desk.js';
import { admit, versionFault } from './admission.js';
import type { Member, Membership } from './membership.js';
import { tensorsPart } from './tensors-part.js';

export interface ReceptionParts {
  readonly bus: Bus;
  readonly subjects: Subjects;
  readonly settings: RunSettings;
  readonly membership: Membership;
  readonly desk: WorkDesk;
  readonly keeper: StateKeeper;
  /** What the coordinator computes with; null where workers share its process. */
  readonly own: Promise<Qualification> | null;
  readonly allowMixedHardware: boolean;
  readonly emit: (event: TrainingEvent) => void;
  /** Somebody asked in a later term: there may be another coordinator. */
  readonly onNewerTerm?: () => void;
}

/**
 * Answers workers on the bus: those that join or leave, ask for work, for tensors, or return results. Counts who has no business here.
 * A question of a later term is left to the coordinator that has it.
 */
export function openReception(parts: ReceptionParts): Stop {
  const { bus, subjects, settings, membership, desk, keeper, emit } = parts;
  const { term, maxBodyBytes } = settings;
  const complain = sparingly(emit);
  const tellReceipt = sparingly(emit);
  const turnAway = ({ workerId, role }: Pick<Member, 'workerId' | 'role'>, reason: string, why: RefusalReason) => {
    bus.refuse(why, `${workerId}: ${reason}`);
    complain({ kind: 'refused', workerId, role, reason });
    return { kind: 'refused', reason } as const;
  };
  const isOfTerm = (given: number, what: string) => {
    if (given !== term) bus.refuse(given < term ? 'old-term' : 'unknown', `${what} of term ${given}, in term ${term}`);
    return given === term;
  };
  const isLater = (given: number, what: string) => {
    if (given <= term) return false;
    isOfTerm(given, what);
    parts.onNewerTerm?.();
    return true;
  };
  const stops = [
    bus.serve(subjects.membership.settings, (request) => {
      const fault = versionFault(request);
      return fault === null ? ({ kind: 'settings', settings } as const) : turnAway(request, fault, 'unfit');
    }),
    bus.serve(subjects.membership.join, async (request) => {
      const { workerId, role, host, pid } = request;
      if (isLater(request.term, `${workerId} joins, a worker`)) return null;
      const reply = admit(request, { ...parts, term, own: await parts.own });
      if (reply.kind === 'refused') return turnAway(request, reply.reason, request.term < term ? 'old-term' : 'unfit');
      if (!membership.get(workerId)) {
        membership.add({ workerId, role, host, pid });
        emit({ kind: 'joined', workerId, role });
      }
      return reply;
    }),
    bus.subscribe(subjects.membership.leave, ({ workerId, reason }) => {
      const member = membership.remove(workerId);
      if (member) {
        emit({ kind: 'left', workerId, role: member.role, reason });
        desk.release(workerId);
      } else if (reason.startsWith(unableToJoin)) {
        bus.refuse('unfit', `${workerId}: ${reason}`);
        complain({ kind: 'unable', workerId, reason });
      } else {
        bus.refuse('unknown', `${workerId} leaves, and was not here`);
      }
    }),
    bus.serve(subjects.work.ask, (request) => {
      const { workerId, role } = request;
      if (isLater(request.term, `a question of ${workerId}`)) return null;
      if (isOfTerm(request.term, `a question of ${workerId}`) && membership.get(workerId)?.role !== role)
        bus.refuse('unknown', `${role} ${workerId} asks for work, and is not here`);
      return desk.ask(request);
    }),
    bus.serve(subjects.parameters.fetch, (request) => {
      const { what, step } = request;
      if (isLater(request.term, `a question for ${what}`)) return null;
      if (!isOfTerm(request.term, `a question for ${what}`)) return { kind: 'gone' };
      const reply = partOf(request, keeper);
      if (reply.kind === 'gone') bus.refuse('unknown', `a question for the ${what} of step ${step}`);
      return reply;
    }),
    ...Object.values(subjects.results).map((results) =>
      bus.serve(
        results,
        (result) => {
          if (isLater(result.term, `a result of ${result.workerId}`)) return null;
          const receipt = desk.accept(result);
          if (receipt !== 'accepted') tellReceipt({ kind: 'receipt', workerId: result.workerId, receipt });
          return receipt;
        },
        { maxBodyBytes },
      ),
    ),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Elements in one answer. */
const maxPart = 2 ** 21;

function partOf(request: TensorsRequest, keeper: StateKeeper): TensorsReply {
  const { step, rollbacks = 0, what, offset, length } = request;
  const part = (tensors: NamedTensors) => tensorsPart(tensors, offset, Math.min(length, maxPart));
  if (what === 'state') {
    const isCurrent = step === keeper.step && rollbacks === keeper.rollbacks;
    return isCurrent ? part(keeper.state()) : { kind: 'gone' };
  }
  return keeper.holds(step, rollbacks) ? part(keeper.parametersOf(step, rollbacks)) : { kind: 'gone' };
}
