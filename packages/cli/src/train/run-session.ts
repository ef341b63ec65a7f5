import { closingWords } from './closing-words.js';
import { exportModel } from './export-model.js';
import { measureFused } from './measure-fused.js';
import type { Session } from './session.js';
import { type RunSummary, summarizeRun } from './summary.js';
import { thisMachine } from './this-machine.js';
import { type PhaseResult, trainPhase } from './train-phase.js';
import { trainTwin } from './train-twin.js';

/** Trains the twin and the net, as far as that is not done yet, and concludes the run: table, model.onnx, summary.json. */
export async function runSession(session: Session): Promise<RunSummary> {
  const { folder, config, screen } = session;
  const twin = await trainTwin(session);
  const net = await trainPhase(session, { folder, config, net: 'net', name: 'the net' });
  const fusedRate = await fusedRateOf(session, net);
  const summary = summarizeRun({ ...session, runId: folder.id }, net, twin, thisMachine(session.engine));
  for (const line of closingWords({ ...session, summary, net, fusedRate })) screen.say(line);
  await exportModel(session, net.net);
  await folder.writeSummary(summary);
  return summary;
}

/** What a trainer alone would have made of it; null where attackers took no part, as they do in no round. */
async function fusedRateOf(
  session: Session,
  { plan, net, stepsHere, secondsHere }: PhaseResult,
): Promise<number | null> {
  const { alpha, replicas } = session.config;
  if (plan.attackers === 0 || alpha === 1 || replicas > 1 || stepsHere === 0) return null;
  return measureFused(session, net, secondsHere);
}
