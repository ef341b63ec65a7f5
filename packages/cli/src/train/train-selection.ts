import { selectionConfig } from '@sparring/runtime';
import { percent } from '../presentation/figures.js';
import type { Session } from './session.js';
import { type NetSummary, summarizeNet } from './summary.js';
import { trainPhase } from './train-phase.js';

/**
 * The first of two trainings: it stops early, and its best net says for how many epochs the second goes on. Done once: like a twin it has
 * a folder in the run's folder, and its summary there says that it is done.
 */
export async function trainSelection(session: Session): Promise<NetSummary> {
  const folder = await session.folder.selection();
  const done = (await folder.readSummary()) as NetSummary | null;
  if (done) return done;
  const config = selectionConfig(session.config);
  const summary = summarizeNet(
    await trainPhase(session, { folder, config, net: 'selection', name: 'to find the number of epochs' }),
  );
  await folder.writeSummary(summary);
  const { clean, fgsm } = summary.test;
  session.screen.say(
    `  It errs on ${percent(clean.error)} of the test examples, under FGSM on ${percent(fgsm.error)}.`,
  );
  session.screen.say();
  return summary;
}
