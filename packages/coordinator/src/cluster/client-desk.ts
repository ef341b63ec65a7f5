import { type ClusterStatus, clusterSubjects, protocolVersion, type RunEvent, type RunInfo } from '@sparring/protocol';
import type { Bus, DurableStore, Stop } from '@sparring/runtime';
import { Deposed } from './deposed.js';
import type { Term } from './election.js';
import type { Records, RunRecord } from './records.js';
import { RunFiles } from './run-files.js';
import type { RunQueue } from './run-queue.js';

export interface ClientDeskParts {
  readonly bus: Bus;
  readonly store: DurableStore;
  readonly term: Term;
  readonly records: Records;
  readonly queue: RunQueue;
  /** How far the run is that is trained now; null for any other. */
  readonly progressOf: (run: string) => { readonly step: number; readonly lastStep: number } | null;
  readonly status: () => ClusterStatus;
}

/** Answers those who submit runs, follow, cancel and fetch them. */
export function openClientDesk({ bus, store, term, records, queue, progressOf, status }: ClientDeskParts): Stop {
  const { runs, coordinator } = clusterSubjects();
  const files = new RunFiles(store, records);
  const info = (record: RunRecord): RunInfo => ({ ...infoOf(record), ...progressOf(record.run) });
  /** Leaves what it cannot promise any more to its successor: whoever is not answered asks again. */
  const inTerm = async <Reply>(change: () => Promise<Reply>): Promise<Reply | null> => {
    try {
      await term.confirm();
      const reply = await change();
      await term.confirm();
      return reply;
    } catch (error) {
      if (error instanceof Deposed) return null;
      throw error;
    }
  };
  const stops = [
    bus.serve(runs.submit, ({ protocolVersion: given, ...submitted }) => {
      if (given === protocolVersion) return inTerm(() => queue.submit(submitted));
      const reason = `this client speaks version ${given} of the protocol, the coordinator version ${protocolVersion}: install the same sparring on both`;
      return { kind: 'refused', reason } as const;
    }),
    bus.serve(runs.list, () => ({ runs: listed(records.all()).map(info) })),
    bus.serve(runs.show, async ({ run }) => {
      const record = records.get(run);
      if (!record) return { kind: 'unknown' } as const;
      const epochs: RunEvent[] = [];
      for (const phase of ['twin', 'net'] as const) {
        const shown = (event: object) => epochs.push({ term: term.number, phase, event: JSON.stringify(event) });
        for (const probe of (await records.probes(run, phase)).slice(-mostProbes)) shown(probe);
        for (const record of (await records.epochs(run, phase)).slice(-mostEpochs)) shown({ kind: 'epoch', record });
      }
      return { kind: 'run', info: info(record), config: record.config, epochs } as const;
    }),
    bus.serve(runs.cancel, ({ run }) => inTerm(async () => ({ status: await queue.cancel(run) }))),
    bus.serve(runs.files, async ({ run }) => ({ files: await files.list(run) })),
    bus.serve(runs.read, async ({ run, path, offset, length }) => ({
      bytes: await files.read(run, path, offset, Math.min(length, maxPart)),
    })),
    bus.serve(coordinator.status, status),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Bytes of a file that are sent in one answer. */
const maxPart = 2 ** 23;

/**
 * The newest of a net, in one answer: without tensors that is a megabyte at most, and an epoch takes half a kilobyte. Whoever follows a
 * run asks every second.
 */
const mostEpochs = 500;
/** They take a fifth of a kilobyte each. */
const mostProbes = 500;
/** Ended ones. */
const mostRuns = 1_000;

/** All that are queued or trained, and the newest of those that have ended, with the beginning of why. */
function listed(records: readonly RunRecord[]): RunRecord[] {
  return records
    .filter(({ status }, index) => status === 'queued' || status === 'running' || index >= records.length - mostRuns)
    .map((record) => ({ ...record, error: record.error.slice(0, 200) }));
}

function infoOf({ config: _, attempts: __, submission: ___, trained: ____, ...info }: RunRecord): RunInfo {
  return info;
}
