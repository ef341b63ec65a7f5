import { CheckpointError } from './checkpoint-error.js';
import type { DecodedSafetensors } from './safetensors.js';
import type { NamedTensors } from './tensor-data.js';

/** All that a run needs to go on as if it had never stopped, bit for bit, together with its `config.yaml`. */
export interface Checkpoint {
  readonly step: number;
  /** Whole epochs done. */
  readonly epoch: number;
  readonly parameters: NamedTensors;
  /** Optimizer state, by the parameters' names. */
  readonly velocity: NamedTensors;
  /** With staleness: the parameters of step − 1, step − 2, …; else empty. */
  readonly history: readonly NamedTensors[];
  /** Losses of the current epoch's steps so far, summed in step order. */
  readonly epochLoss: { readonly sum: number; readonly steps: number };
  /** What early stopping remembers, as JSON; null where it is off. */
  readonly earlyStop: unknown;
  /** Seconds spent training, those before a resume included. */
  readonly trainingSeconds: number;
  readonly digests: { readonly parameters: string; readonly optimizer: string };
  readonly configDigest: string;
  readonly dataChecksum: string;
  /** Name and version of the engine that got here. */
  readonly engine: string;
}

const format = 'sparring-checkpoint/1';

/** The checkpoint as tensors named `parameters/…`, `velocity/…`, `history/<steps ago>/…` and metadata. */
export function toSafetensors(checkpoint: Checkpoint): { tensors: NamedTensors; metadata: Record<string, string> } {
  const { parameters, velocity, history, ...rest } = checkpoint;
  const tensors = {
    ...prefixed('parameters', parameters),
    ...prefixed('velocity', velocity),
    ...Object.assign({}, ...history.map((past, n) => prefixed(`history/${n + 1}`, past))),
  };
  return { tensors, metadata: { format, checkpoint: JSON.stringify({ ...rest, numHistory: history.length }) } };
}

/** The inverse of `toSafetensors`; throws CheckpointError where something is missing. */
export function fromSafetensors({ tensors, metadata }: DecodedSafetensors, file: string): Checkpoint {
  if (metadata.format !== format || metadata.sha256 === undefined) {
    throw new CheckpointError(file, `expected the format ${format}, got ${metadata.format ?? 'another'}`);
  }
  const { numHistory, ...rest } = parseState(metadata.checkpoint ?? '', file);
  return {
    ...rest,
    parameters: withPrefix('parameters', tensors),
    velocity: withPrefix('velocity', tensors),
    history: Array.from({ length: numHistory }, (_, n) => withPrefix(`history/${n + 1}`, tensors)),
  };
}

type State = Omit<Checkpoint, TensorKey> & { readonly numHistory: number };

function parseState(json: string, file: string): State {
  try {
    const state = JSON.parse(json) as State;
    if (Number.isInteger(state.step) && Number.isInteger(state.numHistory)) return state;
  } catch {
    // Said below.
  }
  throw new CheckpointError(file, 'expected its step and state as JSON in the metadata');
}

type TensorKey = 'parameters' | 'velocity' | 'history';

function prefixed(prefix: string, tensors: NamedTensors): NamedTensors {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [`${prefix}/${name}`, tensor]));
}

function withPrefix(prefix: string, tensors: NamedTensors): NamedTensors {
  const own = Object.entries(tensors).filter(([name]) => name.startsWith(`${prefix}/`));
  return Object.fromEntries(own.map(([name, tensor]) => [name.slice(prefix.length + 1), tensor]));
}
