/** Nothing can be asked any longer: this process has closed its bus. */
export class BusClosed extends Error {
  override readonly name = 'BusClosed';

  constructor() {
    super('the bus is closed');
  }
}
