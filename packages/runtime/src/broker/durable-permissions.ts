/** The key-value bucket and the object store that hold what must last. */
export const durableBucket = 'sparring';

const entries = `KV_${durableBucket}`;
const objects = `OBJ_${durableBucket}`;

/**
 * What the coordinator publishes to keep entries and objects in JetStream. Granted one by one: it can neither delete these streams,
 * change their configuration, nor touch any other.
 */
export const durablePermissions: readonly string[] = [
  // Whether there is JetStream, asked before anything else.
  '$JS.API.INFO',
  ...[entries, objects].flatMap((stream) => [
    `$JS.API.STREAM.INFO.${stream}`,
    `$JS.API.STREAM.CREATE.${stream}`,
    // Lists, and objects' chunks, are read through consumers that last as long as the reading; one that misses something is replaced.
    `$JS.API.CONSUMER.CREATE.${stream}.>`,
    `$JS.API.CONSUMER.DELETE.${stream}.*`,
    `$JS.FC.${stream}.>`,
  ]),
  `$JS.API.DIRECT.GET.${entries}.>`,
  `$JS.API.STREAM.MSG.GET.${objects}`,
  // Chunks of objects that were replaced or deleted.
  `$JS.API.STREAM.PURGE.${objects}`,
  `$KV.${durableBucket}.>`,
  `$O.${durableBucket}.>`,
];
