import { createHash } from 'node:crypto';
import type { TrainingSession } from './session.js';
import { initialState } from './state.js';

const fingerprintSteps = 2;

/**
 * Digest of the state after a run's first two steps, SHA-256 in hex: what computes it otherwise than another machine comes to other
 * bits in this run.
 */
export async function fingerprint(session: TrainingSession): Promise<string> {
  const { model, definition, timeline } = session;
  const numSteps = Math.min(fingerprintSteps, timeline.totalSteps);
  const { state } = await session.advance(initialState(model, definition), 0, numSteps);
  const hash = createHash('sha256');
  for (const name of Object.keys(state).sort()) {
    const { buffer, byteOffset, byteLength } = state[name]!;
    hash.update(name).update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return hash.digest('hex');
}
