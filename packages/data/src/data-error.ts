/** Data that cannot be used as it is: the message names the file or option, what was found and what is expected. */
export class DataError extends Error {
  override readonly name = 'DataError';
}
