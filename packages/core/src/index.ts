/**
 * What adversarial training is, after Goodfellow, Shlens, Szegedy, "Explaining and Harnessing Adversarial Examples" (arXiv 1412.6572):
 * models, losses, attacks, optimizers and evaluation as pure functions on named tensors.
 *
 * Every function may be traced once and run many times: none reads a value, draws a random number or branches on data. What changes from
 * step to step (learning rate, masks, random starts) is an input. Gradients may not be differentiated again.
 */
export type { AttackSpec, Norm } from './attacks/attack-spec.js';
export { clip } from './attacks/clip.js';
export { fgsm } from './attacks/fgsm.js';
export { normalize } from './attacks/normalize.js';
export { pgd } from './attacks/pgd.js';
export { project } from './attacks/project.js';
export { type RandomPointSpec, randomPoint } from './attacks/random-point.js';
export { drawStart } from './attacks/random-start.js';
export { gradientAlignment } from './evaluation/gradient-alignment.js';
export { type Outcome, outcome } from './evaluation/outcome.js';
export { predictedLabels } from './evaluation/predicted-labels.js';
export { exampleLosses } from './losses/example-losses.js';
export { inputGradient, type PassGradients, passGradients } from './losses/pass-gradients.js';
export { buildModel } from './models/build-model.js';
export type { Dropout, HiddenLayer, InitSpec, Model, ModelData, ModelSpec, RandomSource } from './models/model.js';
export { fromUserModel, type UserModule } from './models/user-model.js';
export type { Coefficients } from './optimizers/decay.js';
export { limitColumnNorm } from './optimizers/max-column-norm.js';
export { type Progress, type Schedule, valueAt } from './optimizers/schedules.js';
export { hasVelocity, type OptimizerSpec, update } from './optimizers/sgd.js';
