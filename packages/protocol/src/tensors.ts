/** Float32 values by tensor name; shapes are known to both sides from the run's definition. */
export type NamedTensors = Record<string, Float32Array>;

/** The state as workers and coordinator pass it on: by name, the prefixes `parameters/`, `velocity/` and `history/<k>/` included. */
export type StateTensors = NamedTensors;
