import { hostname } from 'node:os';
import { beatEveryMs, clusterSubjects } from '@sparring/protocol';
import type { Bus, Stop } from '../bus/bus.js';
import type { ClusterWorker } from './cluster-worker.js';

/** Says every half second that the workers of this process are alive, and which run they serve. */
export function startBeats(bus: Bus, workers: readonly Pick<ClusterWorker, 'role' | 'place'>[]): Stop {
  const subject = clusterSubjects().membership.beat;
  const beat = () => {
    for (const { role, place } of workers) {
      bus.publish(subject, { ...place, role, host: hostname(), pid: process.pid, refused: bus.refused });
    }
  };
  beat();
  const timer = setInterval(beat, beatEveryMs);
  return () => clearInterval(timer);
}
