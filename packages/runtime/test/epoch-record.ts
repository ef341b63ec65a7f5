/** A line of metrics.jsonl, as the end of an epoch is written down. */
export function epochRecord(step: number, epoch = 1) {
  return {
    ...{ epoch, step, loss: 0.5, validation: null, learningRate: 0.1, momentum: 0.5 },
    ...{ parametersDigest: 'p'.repeat(64), optimizerDigest: 'o'.repeat(64) },
    ...{ trainingSeconds: 1, examplesPerSecond: 100 },
  };
}
