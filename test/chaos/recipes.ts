/** A small maxout net on MNIST, of whose steps two trainers and two attackers each have a share. */
export const mnist = `
data: { set: mnist, validation: 10000 }
model: { kind: maxout, layers: [{ units: 64, pieces: 3, keep: .9 }, { units: 64, pieces: 3 }] }
epochs: 100
batch: 100
shards: 2
alpha: .3
attack: { kind: fgsm, epsilon: .25 }
optimizer: { learningRate: .1, momentum: .5, maxColumnNorm: 1.9365 }
evaluation: { everyEpochs: 5, validationExamples: 500, pgdIterations: 2 }
checkpointEverySeconds: 10
trainers: 1
attackers: 0
`;
