import { definitionOf } from '@sparring/coordinator';
import { type DataSet, loadDataSet } from '@sparring/data';
import { type RunConfig, retrainConfig } from '@sparring/runtime';
import { timelineOf } from '@sparring/training';
import type { Session } from './session.js';
import type { NetSummary } from './summary.js';
import { type Phase, type PhaseResult, trainPhase } from './train-phase.js';
import { trainSelection } from './train-selection.js';

/** What a run's net came to, and the training before it by which its epochs were found; null where there is none. */
export interface TrainedNet {
  readonly net: PhaseResult;
  readonly selection: NetSummary | null;
}

/** Trains the run's net: once, or where the configuration says `retrain` a second time, on all examples. @throws Interrupted */
export async function trainNet(session: Session): Promise<TrainedNet> {
  const { folder, config } = session;
  if (!config.retrain)
    return { net: await trainPhase(session, { folder, config, net: 'net', name: 'the net' }), selection: null };
  const selection = await trainSelection(session);
  const again = await retraining(config, session.dataSet, selection, session.loadData);
  const own = { config: again.config, epochs: again.epochs };
  const phase: Phase = { folder, net: 'net', name: 'the net anew, on all examples', ...own };
  return { net: await trainPhase({ ...session, dataSet: again.dataSet }, phase), selection };
}

/** What the second training is made of, once the first is done. */
export async function retraining(
  config: RunConfig,
  dataSet: DataSet,
  { testedStep }: Pick<NetSummary, 'testedStep'>,
  loadData: NonNullable<Session['loadData']> = loadDataSet,
): Promise<{ config: RunConfig; dataSet: DataSet; epochs: number }> {
  const definition = definitionOf(config);
  const epochs = Math.ceil(testedStep / timelineOf(definition, dataSet.train.size).stepsPerEpoch);
  const all = await loadData(retrainConfig(config, epochs, 1).data);
  const { stepsPerEpoch } = timelineOf(definition, all.train.size);
  return { config: retrainConfig(config, epochs, stepsPerEpoch), dataSet: all, epochs };
}
