/** Float32 values by tensor name; shapes are known to both sides from the run's definition. */
export type NamedTensors = Record<string, Float32Array>;
