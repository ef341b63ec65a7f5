import type { DataSet } from '@sparring/data';
import type { EngineName } from '@sparring/engine';
import type { RunConfig, RunFolder, ThreadShelf } from '@sparring/runtime';
import { Interrupted } from '../presentation/interrupted.js';
import type { Progress } from '../presentation/progress.js';
import { silentScreen } from '../presentation/silent-screen.js';
import type { Interruption } from '../train/interruption.js';
import type { Session } from '../train/session.js';
import { type RunSummary, summarizeRun } from '../train/summary.js';
import { thisMachine } from '../train/this-machine.js';
import { trainNet } from '../train/train-net.js';
import type { Phase } from '../train/train-phase.js';
import { trainTwin } from '../train/train-twin.js';
import { untilAborted } from '../train/until-aborted.js';
import type { SharedData } from './shared-data.js';

export interface RunRequest {
  readonly folder: RunFolder;
  readonly config: RunConfig;
  readonly identity: string;
  readonly dataSet: DataSet;
  readonly data: SharedData;
  readonly shelf: ThreadShelf;
  /** Aborted: end the current step, write a checkpoint, throw Interrupted. */
  readonly signal: AbortSignal;
  /** As `Session` has it. */
  readonly onSaved?: Session['onSaved'];
  readonly showOn: (phase: Required<Phase>) => Progress;
}

/**
 * Trains what is left of a claimed run, as `sparring train` does, and writes its summary. There is no model.onnx: to make and check it
 * takes longer than many a run of a sweep. @throws Interrupted
 */
export async function computeRun({ config, identity, data, signal, ...request }: RunRequest): Promise<RunSummary> {
  const engine = config.engine as EngineName;
  const startedAt = performance.now();
  const session: Session = {
    ...{ ...request, config, engine, startedAt, screen: silentScreen() },
    ...{ interruption: interruptionOf(signal), loadData: data.load },
    ...{ live: null, observed: null },
  };
  const twin = await trainTwin(session);
  const nets = { twin, ...(await trainNet(session)) };
  const summary = summarizeRun({ ...session, runId: request.folder.id, identity }, nets, thisMachine(engine));
  await request.folder.writeSummary(summary);
  return summary;
}

function interruptionOf(signal: AbortSignal): Interruption {
  const error = (words: string) => new Interrupted(words, 1);
  return {
    signal,
    error,
    unless: (promise, words) => untilAborted(signal, promise, () => error(words())),
    release: () => {},
  };
}
