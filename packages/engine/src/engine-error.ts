/** Anything the engine refuses: its message says what was given and what is taken. */
export class EngineError extends Error {
  override readonly name: string = 'EngineError';
}

/** An engine that cannot be opened on this machine: the message says what is missing and how to get it. */
export class EngineUnavailable extends EngineError {
  override readonly name = 'EngineUnavailable';
}

/** A function that cannot be traced: an unknown kernel, a value read while tracing, a random op, a large captured tensor. */
export class TracingError extends EngineError {
  override readonly name = 'TracingError';
}

/** Arrays that do not fit the inputs of an executable. */
export class FeedError extends EngineError {
  override readonly name = 'FeedError';
}
