import { twinConfig } from '@sparring/runtime';
import { percent } from '../presentation/figures.js';
import type { Session } from './session.js';
import { type NetSummary, summarizeNet } from './summary.js';
import { trainPhase } from './train-phase.js';

/**
 * Trains the run's twin, the same net and seed without an adversary, unless an earlier process did. It has a folder in the run's
 * folder; its summary there says that it is done.
 */
export async function trainTwin(session: Session): Promise<NetSummary | null> {
  const config = twinConfig(session.config);
  if (!config) return null;
  const folder = await session.folder.twin();
  const done = (await folder.readSummary()) as NetSummary | null;
  if (done) return done;
  const result = await trainPhase(session, { folder, config, net: 'twin', name: 'its twin' });
  const summary = summarizeNet(result);
  await folder.writeSummary(summary);
  session.screen.say(fooled(summary));
  session.screen.say();
  return summary;
}

function fooled({ test: { clean, fgsm } }: NetSummary): string {
  const sure = fgsm.confidence === null ? '' : `, and it is ${percent(fgsm.confidence, 0)} sure of its mistakes`;
  return `  It errs on ${percent(clean.error)} of the test examples; FGSM fools it on ${percent(fgsm.error)}${sure}.`;
}
