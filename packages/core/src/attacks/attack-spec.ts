/** Norm of the threat model: the largest absolute change of an input, or the Euclidean length of the perturbation. */
export type Norm = 'linf' | 'l2';

/** A threat model (norm, epsilon, bounds) and the attack that searches it; plain JSON. */
export interface AttackSpec {
  /** `fgsm` takes one step of size epsilon and ignores stepSize, iterations and randomStart. */
  kind: 'fgsm' | 'pgd';
  norm: Norm;
  /** Radius of the ball around the clean example, in input units: .25 on MNIST in [0, 1]. */
  epsilon: number;
  /** Length of one iteration's step in the attack's norm, in input units. */
  stepSize: number;
  iterations: number;
  /** Start from a random point of the ball instead of from the clean example. */
  randomStart: boolean;
  /** Keep adversarial examples within `bounds`. The paper does not say that it clips, and its figures are measured without. */
  clip: boolean;
  bounds: readonly [low: number, high: number];
  /** Whose loss is increased. `predicted` (the class the model gives the clean example) keeps the label from leaking into the perturbation. */
  label: 'true' | 'predicted';
}
