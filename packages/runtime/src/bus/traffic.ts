/** What has gone over the wire about one subject: whole messages, and all bytes, those that were sent again included. */
export interface Traffic {
  sentMessages: number;
  sentBytes: number;
  receivedMessages: number;
  receivedBytes: number;
}

/** The traffic of a subject `sparring.<run>.<entity>.<action>` by `<entity>.<action>`: runs come and go, these are few. */
export class TrafficCounter {
  readonly kinds: Record<string, Traffic> = {};

  of(subject: string): Traffic {
    const kind = subject.split('.').slice(-2).join('.');
    this.kinds[kind] ??= { sentMessages: 0, sentBytes: 0, receivedMessages: 0, receivedBytes: 0 };
    return this.kinds[kind];
  }
}
