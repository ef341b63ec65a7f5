/** Told of each call of a piece while a function is traced. */
export interface PieceTracer {
  call(name: string, fn: (...args: unknown[]) => unknown, args: unknown[]): unknown;
}

let tracer: PieceTracer | null = null;

/** Installed by the tracing engine for as long as it traces; null otherwise. */
export function setPieceTracer(next: PieceTracer | null): void {
  tracer = next;
}

/**
 * Marks fn as one compiled piece of a step: compiler passes work inside one call of a piece and never across its edge, and its
 * outputs count as used outside, so the same piece gives the same bits in whatever program it runs and whatever of it is used.
 * A piece should take the tensors it works on as arguments (they may lie in arrays and plain objects).
 *
 * On TensorFlow.js engines it is the function itself. Do not differentiate through a piece: its backward pass would lie outside it.
 *
 * @param name for messages only
 */
// biome-ignore lint/suspicious/noExplicitAny: any function can be a piece, and keeps its own signature
export function piece<F extends (...args: any[]) => any>(name: string, fn: F): F {
  const call = (...args: Parameters<F>): unknown => (tracer ? tracer.call(name, fn, args) : fn(...args));
  return call as F;
}
