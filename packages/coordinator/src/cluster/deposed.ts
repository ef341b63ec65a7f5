/** Another coordinator has taken over: this one may write nothing any more, and ends. */
export class Deposed extends Error {
  override readonly name = 'Deposed';

  constructor(term: number, by: string) {
    super(`term ${term} is over: ${by}`);
  }
}
