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
  /** How often the run was rolled back before: it decides the learning rate and the random numbers of the steps to come. */
  readonly rollbacks: number;
  /** What probes have come to, as JSON; null where there are none. */
  readonly probes: unknown;
  /** States that probes may need again, by what they are: with the prefixes `parameters/`, `velocity/` and `history/<age>/`. */
  readonly kept: Readonly<Record<string, NamedTensors>>;
  /** Seconds spent training, those before a resume included. */
  readonly trainingSeconds: number;
  readonly digests: { readonly parameters: string; readonly optimizer: string };
  readonly configDigest: string;
  readonly dataChecksum: string;
  /** Name and version of the engine that got here. */
  readonly engine: string;
}

const format = 'sparring-checkpoint/1';

/** The checkpoint as tensors named `parameters/…`, `velocity/…`, `history/<steps ago>/…`, `kept/<name>/…` and metadata. */
export function toSafetensors(checkpoint: Checkpoint): { tensors: NamedTensors; metadata: Record<string, string> } {
  const { parameters, velocity, history, kept, ...rest } = checkpoint;
  const tensors = {
    ...prefixed('parameters', parameters),
    ...prefixed('velocity', velocity),
    ...Object.assign({}, ...history.map((past, n) => prefixed(`history/${n + 1}`, past))),
    ...Object.assign({}, ...Object.entries(kept).map(([name, state]) => prefixed(`kept/${name}`, state))),
  };
  const state = { ...rest, numHistory: history.length, keptNames: Object.keys(kept) };
  return { tensors, metadata: { format, checkpoint: JSON.stringify(state) } };
}

/** The inverse of `toSafetensors`; throws CheckpointError where something is missing. */
export function fromSafetensors({ tensors, metadata }: DecodedSafetensors, file: string): Checkpoint {
  if (metadata.format !== format || metadata.sha256 === undefined) {
    throw new CheckpointError(file, `expected the format ${format}, got ${metadata.format ?? 'another'}`);
  }
  const { numHistory, keptNames, ...rest } = parseState(metadata.checkpoint ?? '', file);
  return {
    ...rest,
    parameters: withPrefix('parameters', tensors),
    velocity: withPrefix('velocity', tensors),
    history: Array.from({ length: numHistory }, (_, n) => withPrefix(`history/${n + 1}`, tensors)),
    kept: Object.fromEntries(keptNames.map((name) => [name, withPrefix(`kept/${name}`, tensors)])),
  };
}

type State = Omit<Checkpoint, TensorKey> & { readonly numHistory: number; readonly keptNames: readonly string[] };

function parseState(json: string, file: string): State {
  try {
    // Checkpoints from before there were probes have nothing of them.
    const state = { rollbacks: 0, probes: null, keptNames: [], ...(JSON.parse(json) as Partial<State>) } as State;
    if (Number.isInteger(state.step) && Number.isInteger(state.numHistory)) return state;
  } catch {
    // Said below.
  }
  throw new CheckpointError(file, 'expected its step and state as JSON in the metadata');
}

type TensorKey = 'parameters' | 'velocity' | 'history' | 'kept';

function prefixed(prefix: string, tensors: NamedTensors): NamedTensors {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [`${prefix}/${name}`, tensor]));
}

function withPrefix(prefix: string, tensors: NamedTensors): NamedTensors {
  const own = Object.entries(tensors).filter(([name]) => name.startsWith(`${prefix}/`));
  return Object.fromEntries(own.map(([name, tensor]) => [name.slice(prefix.length + 1), tensor]));
}
