import { pathToFileURL } from 'node:url';
import { buildModel, fromUserModel, type Model } from '@sparring/core';
import type { TrainingDefinition } from './definition.js';

/**
 * The model of a run: one of core's, or the user's own file.
 * @throws when the file cannot be imported or does not export what it must; the message names the file.
 */
export async function loadModel(
  spec: TrainingDefinition['model'],
  data: { inputSize: number; classes: number },
): Promise<Model> {
  if (spec.kind !== 'file') return buildModel(spec, data);
  let exports: Record<string, unknown>;
  try {
    exports = await import(pathToFileURL(spec.path).href);
  } catch (error) {
    throw new Error(`model: ${spec.path} cannot be imported: ${(error as Error).message}`);
  }
  try {
    return fromUserModel(exports, data);
  } catch (error) {
    throw new Error(`model: ${spec.path}: ${(error as Error).message}`);
  }
}
