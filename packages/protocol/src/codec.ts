/** A message as it travels: a small protobuf head, and the bytes of the tensors that the head describes, in its order. */
export interface Encoded {
  readonly head: Uint8Array;
  /** Views of the sender's own arrays; they are copied when they are sent. */
  readonly body: readonly Uint8Array[];
}

/** A message as it arrived: the body lies in one piece, aligned to eight bytes, and belongs to whoever decodes it. */
export interface Received {
  readonly head: Uint8Array;
  readonly body: Uint8Array;
}

/** How messages of one type travel. */
export interface Codec<Message> {
  /**
   * Where a received body is assembled: `shared`, for tensors that several threads read; `own`, for tensors that one reader uses up;
   * `none`, for messages without a body.
   */
  readonly memory: 'none' | 'own' | 'shared';
  encode(message: Message): Encoded;
  /** @throws Malformed when the bytes are no such message: nothing of it is to be used. */
  decode(received: Received): Message;
}

/** Bytes that are not the message that they should be. Expected on a wire: it is counted by its reason, and the message dropped. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, detail: string) {
    super(`${reason}: ${detail}`);
    this.reason = reason;
  }
}

/** Why a message was dropped. */
export type RefusalReason =
  /** The bytes are no frame, or the head no message of its type. */
  | 'undecodable'
  /** The head lacks a field, or has a value that its field does not take. */
  | 'invalid'
  /** Larger than what the receiver expects at most. */
  | 'oversized'
  /** There is no room for it now, beside others that are incomplete. */
  | 'crowded'
  /** A checksum is wrong. */
  | 'corrupt'
  /** Frames that contradict each other, or that stopped coming. */
  | 'incomplete'
  /** Tensors of other names or sizes than the run's. */
  | 'shape'
  /** NaN or infinite values, or a gradient beyond `maxGradientNorm`. */
  | 'non-finite'
  /** Of a coordinator's term that is over. */
  | 'old-term'
  /** Of another run, or of a worker, a lease or a step that the receiver does not know. */
  | 'unknown'
  /** Of a worker or a client that cannot take part: of another version, with other data or arithmetic, or evicted. */
  | 'unfit';
