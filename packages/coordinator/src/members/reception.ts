import type { RunSettings, Subjects } from '@sparring/protocol';
import type { Bus, Stop } from '@sparring/runtime';
import type { TrainingEvent } from '../events.js';
import type { WorkDesk } from '../work/work-desk.js';
import type { Membership } from './membership.js';

export interface ReceptionParts {
  readonly bus: Bus;
  readonly subjects: Subjects;
  readonly settings: RunSettings;
  readonly membership: Membership;
  readonly desk: WorkDesk;
  readonly emit: (event: TrainingEvent) => void;
}

/** Answers workers on the bus: those that join or leave, ask for work or return it. */
export function openReception({ bus, subjects, settings, membership, desk, emit }: ReceptionParts): Stop {
  const stops = [
    bus.serve(subjects.membership.join, ({ workerId, role }) => {
      membership.add({ workerId, role });
      emit({ kind: 'joined', workerId, role });
      return settings;
    }),
    bus.subscribe(subjects.membership.leave, ({ workerId, reason }) => {
      const member = membership.remove(workerId);
      if (member) emit({ kind: 'left', workerId, role: member.role, reason });
      desk.release(workerId);
    }),
    bus.serve(subjects.work.ask, (request) => desk.ask(request)),
    bus.serve(subjects.work.return, (result) => {
      const receipt = desk.accept(result);
      if (receipt !== 'accepted') emit({ kind: 'receipt', workerId: result.workerId, receipt });
      return receipt;
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
