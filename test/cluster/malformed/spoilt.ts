import { randomUUID } from 'node:crypto';
import { type Codec, crc32, decodeFrame, encodeFrame, type Frame } from '@sparring/protocol';
import fc, { type Arbitrary } from 'fast-check';
import { sparring } from '../../../packages/protocol/dist/generated/messages.js';
import { arbitraries, type Tried } from '../../../packages/protocol/test/messages.ts';
import { Cut } from '../../../packages/runtime/dist/bus/frames.js';

/** More than any message here has. */
const oneFrame = 500_000;

/**
 * What may come instead of frames that are in order: noise, frames of other types, frames that lie about their sizes, heads that claim
 * what is not there, real frames that were cut off or changed on their way, and they themselves.
 * @param real frames that travelled
 */
export function spoilt(valid: Arbitrary<Uint8Array>, real: readonly Uint8Array[] = []): Arbitrary<Uint8Array> {
  const known = real.length > 0 ? fc.oneof(valid, fc.constantFrom(...real).map(again)) : valid;
  return fc.oneof(
    { weight: 2, arbitrary: noise },
    { weight: 2, arbitrary: noisyHead },
    { weight: 2, arbitrary: anyFrame },
    { weight: 2, arbitrary: valid },
    { weight: 2, arbitrary: claims },
    {
      weight: 3,
      arbitrary: fc.tuple(known, lies).map(([bytes, lie]) => encodeFrame({ ...decodeFrame(bytes), ...lie })),
    },
    { weight: 3, arbitrary: fc.tuple(known, fc.nat()).map(([bytes, at]) => bytes.subarray(0, at % bytes.length)) },
    { weight: 6, arbitrary: fc.tuple(known, flips).map(([bytes, flip]) => flip(bytes)) },
  );
}

const noise = fc.oneof(fc.uint8Array({ maxLength: 60 }), fc.uint8Array({ maxLength: 4_000, size: 'max' }));

const noisyHead = fc
  .record({ head: fc.uint8Array({ maxLength: 60 }), data: fc.uint8Array({ maxLength: 20 }) })
  .map(({ head, data }) => encodeFrame(frameOf(head, data)));

/** Of any message. */
export const anyFrame = fc.oneof(
  ...(Object.values(arbitraries) as unknown as Tried<unknown>[]).map(({ codec, arbitrary }) =>
    arbitrary.map((message) => framed(codec, message)),
  ),
);

const wire = sparring.v1;
const origin = { workerId: 'w', leaseId: 'l', term: 1, computeMs: 1 };
const huge = [2 ** 32, 2 ** 40, 2 ** 53 - 1];
/** Heads that say more than there is, or more than anyone should. */
const claims = fc
  .oneof(
    fc
      .constantFrom(...huge)
      .map((elements) => wire.PassResult.encode({ origin, gradients: [{ name: 'k', elements, encoding: 1 }] })),
    fc
      .constantFrom(...huge)
      .map((elements) => wire.ParametersUpdate.encode({ parameters: [{ name: 'k', elements, encoding: 1 }] })),
    fc
      .constantFrom(...huge)
      .map((elements) => wire.AttackResult.encode({ origin, adversarial: { elements, encoding: 2 } })),
    fc.nat(20).map((some) => wire.LeaveNotice.encode({ workerId: 'w', reason: 'x'.repeat(4_000 + some) })),
    fc.nat(20).map((some) => wire.LeaveNotice.encode({ workerId: 'w'.repeat(190 + some) })),
    fc.integer({ min: 33, max: 60 }).map((length) => {
      const refused = Object.fromEntries(Array.from({ length }, (_, reason) => [`r${reason}`, 1]));
      return wire.WorkerBeat.encode({ workerId: 'w', role: 1, refused });
    }),
    fc
      .constantFrom('__proto__', '', '\u0000')
      .map((name) => wire.PassResult.encode({ origin, gradients: [{ name, encoding: 1 }] })),
    // Tensors without a name, a thousand to two kilobytes.
    fc.nat(1_000).map((length) => wire.AdvanceResult.encode({ origin, state: Array.from({ length }, () => ({})) })),
    // Groups within groups, which whoever skips them follows down.
    fc.nat(20_000).map((depth) => ({ finish: () => new Uint8Array(depth).fill(0x1b) })),
  )
  .map((head) => encodeFrame(frameOf(head.finish(), new Uint8Array())));

const numbers = fc.oneof(fc.nat(3), fc.nat(3_000_000), fc.maxSafeNat());
const lies = fc.record<Partial<Record<keyof Frame, unknown>>>(
  {
    ...{ index: numbers, count: numbers, headBytes: numbers, bodyBytes: numbers, offset: numbers },
    ...{
      headCrc32: fc.nat(),
      transfer: fc.string({ maxLength: 50 }).map((rest) => randomUUID().slice(0, 13) + rest),
      fault: fc.string(),
    },
  },
  { requiredKeys: [] },
) as Arbitrary<Partial<Frame>>;

const flips = fc.array(fc.nat(), { minLength: 1, maxLength: 3 }).map((bits) => (bytes: Uint8Array) => {
  const copy = Uint8Array.from(bytes);
  for (const bit of bits) copy[(bit >> 3) % copy.length]! ^= 1 << (bit & 7);
  return copy;
});

/** A message as one frame. Of what a bus numbers, a changed bit could make the name of another. */
export function framed<Message>(codec: Codec<Message>, message: Message): Uint8Array {
  return again(new Cut(codec.encode(message), oneFrame).frame(0));
}

/** The same message, as if it were sent for the first time. */
function again(bytes: Uint8Array): Uint8Array {
  return encodeFrame({ ...decodeFrame(bytes), transfer: randomUUID() });
}

function frameOf(head: Uint8Array, data: Uint8Array): Frame {
  const sizes = { headBytes: head.length, bodyBytes: data.length, headCrc32: crc32(head) };
  return { ...sizes, transfer: randomUUID(), index: 0, count: 1, offset: 0, head, data, fault: '' };
}
