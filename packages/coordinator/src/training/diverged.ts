/** The numbers have left the finite range: the run cannot go on. The last good checkpoint is kept. */
export class Diverged extends Error {
  override readonly name = 'Diverged';

  constructor(step: number, what: string) {
    super(`diverged at step ${step}: ${what}; a smaller learning rate or momentum usually helps`);
  }
}
