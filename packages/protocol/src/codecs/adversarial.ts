import { sparring } from '../generated/messages.js';
import type { AdversarialBatch } from '../tasks.js';
import type { BodyReader, BodyWriter } from './body.js';

type Tensor = sparring.v1.Tensor.$Properties;

export function batchToWire(batch: AdversarialBatch, body: BodyWriter): Tensor {
  return batch.encoding === 'signs' ? body.signs(batch.codes) : body.float32(batch.examples);
}

export function batchFromWire(tensor: Tensor, body: BodyReader): AdversarialBatch {
  return tensor.encoding === sparring.v1.Encoding.ENCODING_SIGNS
    ? { encoding: 'signs', codes: body.signs(tensor, 'adversarial') }
    : { encoding: 'float32', examples: body.float32(tensor, 'adversarial') };
}
