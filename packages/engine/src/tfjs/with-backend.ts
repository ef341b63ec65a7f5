import { tf } from '../tensorflow.js';

/**
 * Runs a synchronous function on a TensorFlow.js backend that is ready, and goes back to the one in use before (or to none),
 * whatever happens. TensorFlow.js switches at once when a backend needs no waiting for, though it returns a promise.
 */
export function withBackend<T>(name: string, run: () => T): T {
  const previous = tf.getBackend() as string | null | undefined;
  void tf.setBackend(name);
  try {
    return run();
  } finally {
    restoreBackend(previous);
  }
}

/** Where none was in use, none is again: the next op outside chooses for itself. */
export function restoreBackend(previous: string | null | undefined): void {
  if (previous) void tf.setBackend(previous);
  else Object.assign(tf.engine(), { backendName: null, backendInstance: null });
}
