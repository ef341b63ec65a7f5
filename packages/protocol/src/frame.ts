import { Malformed } from './codec.js';
import { fitting, integer, invalid, text } from './codecs/fields.js';
import { decodeHead } from './codecs/head.js';
import { crc32 } from './crc32.js';
import { sparring } from './generated/messages.js';

/** What one NATS message holds: a piece of a message, cut to the server's `max_payload`. */
export interface Frame {
  /** The same in all frames of one message, and in no others; 1 to 40 characters. */
  readonly transfer: string;
  readonly index: number;
  /** 0: this is no piece of the message, but tells its sender that it has arrived, without a gap, up to `offset`. */
  readonly count: number;
  /** Sizes of the whole message, in every frame. */
  readonly headBytes: number;
  readonly bodyBytes: number;
  /** Where in the body `data` belongs. */
  readonly offset: number;
  /** Whole, and in frame 0 alone. */
  readonly head: Uint8Array;
  readonly data: Uint8Array;
  /** Of the head, in frame 0; else 0. */
  readonly headCrc32: number;
  /** Why there is no answer; empty where there is one. */
  readonly fault: string;
}

const { Frame: Wire } = sparring.v1;

export function encodeFrame(frame: Frame): Uint8Array {
  // The writer's own buffer, as nothing else is written with it: the body is copied once.
  return Wire.encode({ ...frame, fault: fitting(frame.fault) }).finish(true);
}

/**
 * Decodes a frame, and checks it in itself. `head` and `data` are views of the bytes.
 * @throws Malformed
 */
export function decodeFrame(bytes: Uint8Array): Frame {
  const wire = decodeHead(Wire, bytes);
  const { transfer, head, data, headCrc32 } = wire;
  if (transfer.length < 1 || transfer.length > 40) throw invalid('transfer', '1 to 40 characters', transfer);
  const frame = {
    ...{ transfer, head, data, headCrc32 },
    index: integer(wire.index, 'index'),
    count: integer(wire.count, 'count'),
    headBytes: integer(wire.headBytes, 'headBytes'),
    bodyBytes: integer(wire.bodyBytes, 'bodyBytes'),
    offset: integer(wire.offset, 'offset'),
    fault: text(wire.fault, 'fault'),
  };
  checkSizes(frame);
  if (crc32(head) !== headCrc32) throw new Malformed('corrupt', 'the head has another checksum');
  return frame;
}

function checkSizes({ index, count, headBytes, bodyBytes, offset, head, data }: Frame): void {
  if (index >= Math.max(1, count)) throw invalid('index', `less than ${count}`, index);
  const headLength = index === 0 ? headBytes : 0;
  if (head.length !== headLength) throw invalid('head', `${headLength} bytes in frame ${index}`, head.length);
  const room = count === 0 ? 0 : bodyBytes - offset;
  if (data.length > Math.max(0, room)) throw invalid('data', `at most ${room} bytes`, data.length);
}
