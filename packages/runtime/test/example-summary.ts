/** A run's summary.json. */
export function exampleSummary() {
  const measured = { error: 0.1, confidence: 0.5, loss: 0.3 };
  const test = { clean: measured, fgsm: measured, pgd: measured };
  return {
    ...{ engine: 'onnx:cpu', seconds: 1, dataChecksum: 'd', evaluation: { examples: 300 }, machine: { cpu: 'a' } },
    ...{ status: 'finished', steps: 60, testedStep: 60, trainers: 1, attackers: 0 },
    ...{ trainingSeconds: 1, examplesPerSecond: 100, parametersDigest: 'p', optimizerDigest: 'o' },
    ...{ test, twin: { test } },
  };
}
