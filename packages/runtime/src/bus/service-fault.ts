/** The service that was asked could not answer: it threw an error with this message. */
export class ServiceFault extends Error {
  override readonly name = 'ServiceFault';
}
