import { clusterSubjects, mostSweepBytes, protocolVersion, type SweepReply } from '@sparring/protocol';
import type { Bus, Stop } from '@sparring/runtime';
import { type InspectionPlace, inspectRecord } from './inspect-record.js';
import type { SweepOffice } from './sweep-office.js';

export interface SweepDeskParts extends InspectionPlace {
  readonly bus: Bus;
  readonly office: SweepOffice;
}

/** Answers those who submit sweeps, follow and change them. */
export function openSweepDesk({ bus, office, ...place }: SweepDeskParts): Stop {
  const { sweeps } = clusterSubjects();
  const stops = [
    bus.serve(
      sweeps.submit,
      async ({ protocolVersion: given, record: bytes }): Promise<SweepReply> => {
        if (given !== protocolVersion) {
          return refused(
            `this client speaks version ${given} of the protocol, the coordinator version ${protocolVersion}: install the same sparring on both`,
          );
        }
        const record = inspectRecord(bytes, place);
        if (typeof record === 'string') return refused(record);
        const reason = await office.submit(record);
        return reason === null ? { kind: 'accepted', sweep: record.id } : refused(reason);
      },
      { maxBodyBytes: mostSweepBytes },
    ),
    bus.serve(sweeps.list, () => told(office.list())),
    bus.serve(sweeps.show, async ({ sweep, after }) => told(await office.show(sweep, after))),
    bus.serve(sweeps.change, async ({ sweep, verb }): Promise<SweepReply> => {
      const reason = await office.change(sweep, verb);
      return reason === null ? { kind: 'accepted', sweep } : refused(reason);
    }),
    bus.serve(sweeps.files, async ({ run }) => ({ bytes: await office.files(run) })),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function refused(reason: string): SweepReply {
  return { kind: 'refused', reason };
}

function told(value: unknown): { bytes: Uint8Array } {
  return { bytes: new TextEncoder().encode(JSON.stringify(value)) };
}
