import { queueSubject, runsStream } from '@sparring/protocol';

/** The key-value bucket and the object store that hold what must last of the coordinator's own. */
export const durableBucket = 'sparring';
/** The same of sweeps, to which trainers write too. */
export const sweepsBucket = 'sweeps';
/** The consumer that trainers share: each run goes to one of them. */
export const runsConsumer = 'trainers';

/**
 * What the coordinator publishes to keep entries and objects in JetStream, and to lay out runs for trainers. Granted one by one: it can
 * neither delete these streams, change their configuration, nor touch any other.
 */
export const durablePermissions: readonly string[] = [
  // Whether there is JetStream, asked before anything else, and how much it may store.
  '$JS.API.INFO',
  ...[durableBucket, sweepsBucket].flatMap((bucket) => [
    ...streamsOf(bucket).map((stream) => `$JS.API.STREAM.CREATE.${stream}`),
    ...readingEntries(bucket),
    ...keepingObjects(bucket),
    // Lists of entries.
    ...reading(`KV_${bucket}`),
    `$KV.${bucket}.>`,
  ]),
  `$JS.API.STREAM.CREATE.${runsStream}`,
  `$JS.API.STREAM.INFO.${runsStream}`,
  // Runs of a sweep that is to be stopped.
  `$JS.API.STREAM.PURGE.${runsStream}`,
  `$JS.API.CONSUMER.CREATE.${runsStream}.${runsConsumer}`,
  `$JS.API.CONSUMER.INFO.${runsStream}.${runsConsumer}`,
  queueSubject(),
];

/**
 * What a trainer publishes to pull runs of sweeps, to go on from their checkpoints, and to say what became of them. It can neither write
 * what was asked for (`sweep.`), nor lay out runs, nor read or write anything of the coordinator's own.
 */
export const sweepingPermissions: readonly string[] = [
  '$JS.API.INFO',
  ...readingEntries(sweepsBucket),
  ...keepingObjects(sweepsBucket),
  ...['run', 'result', 'curve'].map((kind) => `$KV.${sweepsBucket}.${kind}.*`),
  `$JS.API.CONSUMER.INFO.${runsStream}.${runsConsumer}`,
  `$JS.API.CONSUMER.MSG.NEXT.${runsStream}.${runsConsumer}`,
  `$JS.ACK.${runsStream}.${runsConsumer}.>`,
];

function streamsOf(bucket: string): string[] {
  return [`KV_${bucket}`, `OBJ_${bucket}`];
}

function readingEntries(bucket: string): string[] {
  return [`$JS.API.STREAM.INFO.KV_${bucket}`, `$JS.API.DIRECT.GET.KV_${bucket}.>`];
}

function keepingObjects(bucket: string): string[] {
  const stream = `OBJ_${bucket}`;
  return [
    `$JS.API.STREAM.INFO.${stream}`,
    ...reading(stream),
    `$JS.API.STREAM.MSG.GET.${stream}`,
    // Chunks of objects that were replaced, or did not come to their end; objects that are deleted.
    `$JS.API.STREAM.PURGE.${stream}`,
    `$JS.API.STREAM.MSG.DELETE.${stream}`,
    `$O.${bucket}.>`,
  ];
}

/** Through consumers that last as long as the reading; one that misses something is replaced. */
function reading(stream: string): string[] {
  return [`$JS.API.CONSUMER.CREATE.${stream}.>`, `$JS.API.CONSUMER.DELETE.${stream}.*`, `$JS.FC.${stream}.>`];
}
