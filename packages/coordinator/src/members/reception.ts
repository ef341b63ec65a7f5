import {
  type Qualification,
  type RunSettings,
  type Subjects,
  type TensorsReply,
  type TensorsRequest,
  unableToJoin,
} from '@sparring/protocol';
import type { Bus, Stop } from '@sparring/runtime';
import type { TrainingEvent } from '../events.js';
import type { StateKeeper } from '../training/state-keeper.js';
import type { WorkDesk } from '../work/work-desk.js';
import { admit, versionFault } from './admission.js';
import type { Membership } from './membership.js';
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
}

/** Answers workers on the bus: those that join or leave, ask for work, for tensors, or return results. */
export function openReception(parts: ReceptionParts): Stop {
  const { bus, subjects, settings, membership, desk, keeper, emit } = parts;
  const { term, maxBodyBytes } = settings;
  const stops = [
    bus.serve(subjects.membership.settings, (request) => {
      const fault = versionFault(request);
      if (fault === null) return { kind: 'settings', settings } as const;
      emit({ kind: 'refused', workerId: request.workerId, role: request.role, reason: fault });
      return { kind: 'refused', reason: fault } as const;
    }),
    bus.serve(subjects.membership.join, async (request) => {
      const { workerId, role, host, pid } = request;
      const reply = admit(request, { ...parts, term, own: await parts.own });
      if (reply.kind === 'refused') {
        emit({ kind: 'refused', workerId, role, reason: reply.reason });
      } else if (!membership.get(workerId)) {
        membership.add({ workerId, role, host, pid });
        emit({ kind: 'joined', workerId, role });
      }
      return reply;
    }),
    bus.subscribe(subjects.membership.leave, ({ workerId, reason }) => {
      const member = membership.remove(workerId);
      if (member) emit({ kind: 'left', workerId, role: member.role, reason });
      else if (reason.startsWith(unableToJoin)) emit({ kind: 'unable', workerId, reason });
      desk.release(workerId);
    }),
    bus.serve(subjects.work.ask, (request) => desk.ask(request)),
    bus.serve(subjects.parameters.fetch, (request) => answerFetch(request, keeper, term)),
    ...Object.values(subjects.results).map((results) =>
      bus.serve(
        results,
        (result) => {
          const receipt = desk.accept(result);
          if (receipt !== 'accepted') emit({ kind: 'receipt', workerId: result.workerId, receipt });
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

function answerFetch(
  { term, step, what, offset, length }: TensorsRequest,
  keeper: StateKeeper,
  ownTerm: number,
): TensorsReply {
  if (term !== ownTerm) return { kind: 'gone' };
  if (what === 'state') return step === keeper.step ? tensorsPart(keeper.state(), offset, length) : { kind: 'gone' };
  return keeper.holds(step) ? tensorsPart(keeper.parametersOf(step), offset, length) : { kind: 'gone' };
}
