import { join } from 'node:path';
import { dataOf, definitionOf } from '@sparring/coordinator';
import { EngineError, exportOnnx } from '@sparring/engine';
import { type Checkpoint, writeAtomically } from '@sparring/runtime';
import { loadModel, under } from '@sparring/training';
import { shortPath } from '../presentation/invocation.js';
import { checkedBatches, checkOnnx } from './check-onnx.js';
import { logitsProgram } from './logits-program.js';
import type { Session } from './session.js';

/** Writes `model.onnx`, where the net can be one. */
export async function exportModel(session: Session, net: Checkpoint): Promise<void> {
  const { folder, engine, screen } = session;
  const made = await makeOnnx(session, net);
  if (made.kind === 'impossible') {
    screen.say(`model.onnx is not written: ${made.reason}`);
    return;
  }
  await writeAtomically(join(folder.path, 'model.onnx'), made.bytes);
  const file = shortPath(join(folder.path, 'model.onnx'));
  screen.say(`${file} agrees with ${engine} on batches of ${checkedBatches.join(', ')}.`);
}

type MadeOnnx =
  | { readonly kind: 'made'; readonly bytes: Uint8Array }
  | { readonly kind: 'impossible'; readonly reason: string };

/** The net's logits for batches of any size as an ONNX file, once it is found to agree with the engine. */
export async function makeOnnx(
  { config, dataSet, engine }: Pick<Session, 'config' | 'dataSet' | 'engine'>,
  { parameters }: Checkpoint,
  batches: readonly number[] = checkedBatches,
): Promise<MadeOnnx> {
  const model = await loadModel(definitionOf(config).model, dataSet);
  const named = under('parameters', dataOf(parameters));
  let bytes: Uint8Array;
  try {
    bytes = exportOnnx(logitsProgram(model, 1), named);
  } catch (error) {
    // A user's own model may use the batch size in a way that no single graph can.
    if (error instanceof EngineError) return { kind: 'impossible', reason: error.message };
    throw error;
  }
  await checkOnnx(bytes, { engine, model, parameters: named, test: dataSet.test, batches });
  return { kind: 'made', bytes };
}
