import { join } from 'node:path';
import { dataOf, definitionOf } from '@sparring/coordinator';
import { EngineError, exportOnnx } from '@sparring/engine';
import { type Checkpoint, writeAtomically } from '@sparring/runtime';
import { loadModel, under } from '@sparring/training';
import { shortPath } from '../presentation/invocation.js';
import { checkedBatches, checkOnnx } from './check-onnx.js';
import { logitsProgram } from './logits-program.js';
import type { Session } from './session.js';

/** Writes `model.onnx`, the net's logits for batches of any size, once it is found to agree with the engine. */
export async function exportModel(session: Session, { parameters }: Checkpoint): Promise<void> {
  const { folder, config, dataSet, engine, screen } = session;
  const model = await loadModel(definitionOf(config).model, dataSet);
  const named = under('parameters', dataOf(parameters));
  let bytes: Uint8Array;
  try {
    bytes = exportOnnx(logitsProgram(model, 1), named);
  } catch (error) {
    // A user's own model may use the batch size in a way that no single graph can.
    if (!(error instanceof EngineError)) throw error;
    screen.say(`model.onnx is not written: ${error.message}`);
    return;
  }
  await checkOnnx(bytes, { engine, model, parameters: named, test: dataSet.test });
  await writeAtomically(join(folder.path, 'model.onnx'), bytes);
  const file = shortPath(join(folder.path, 'model.onnx'));
  screen.say(`${file} agrees with ${engine} on batches of ${checkedBatches.join(', ')}.`);
}
