import { hostname } from 'node:os';
import { beatEveryMs, clusterSubjects, type WorkerBeat } from '@sparring/protocol';
import type { Bus, Stop } from '../bus/bus.js';
import type { ClusterWorker } from './cluster-worker.js';

/** Says every half second that the workers of this process are alive, which run they serve, and what keeps them from runs of sweeps. */
export function startBeats(
  bus: Bus,
  workers: readonly Pick<ClusterWorker, 'role' | 'place'>[],
  hindrances: () => WorkerBeat['hindrances'] = () => ({}),
): Stop {
  const subject = clusterSubjects().membership.beat;
  const beat = () => {
    const said = { host: hostname(), pid: process.pid, refused: bus.refused, hindrances: hindrances() };
    for (const { role, place } of workers) {
      bus.publish(subject, { ...place, role, ...said });
    }
  };
  beat();
  const timer = setInterval(beat, beatEveryMs);
  return () => clearInterval(timer);
}
