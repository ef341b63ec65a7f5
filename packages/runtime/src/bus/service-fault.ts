/** The service that was asked could not answer, and threw an error with this message; or it refused the question, and says why. */
export class ServiceFault extends Error {
  override readonly name = 'ServiceFault';
}
