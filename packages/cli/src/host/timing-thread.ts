import { initialState, type SessionOptions, TrainingSession } from '@sparring/training';

/** The thread on which engines are timed. */

/** Milliseconds that one of a run's first steps takes, once everything is compiled. */
export async function time(run: SessionOptions): Promise<number> {
  const { definition, stepsPerCall } = run;
  const session = await TrainingSession.open(run);
  try {
    const warm = await session.advance(initialState(session.model, definition), 0, stepsPerCall);
    const startedAt = performance.now();
    await session.advance(warm.state, stepsPerCall, 2 * stepsPerCall);
    return (performance.now() - startedAt) / (2 * stepsPerCall);
  } finally {
    // What it leaves behind does not matter to a choice.
    await session.close().catch(() => {});
  }
}
