import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { decodeFrame, Malformed } from '@sparring/protocol';
import fc from 'fast-check';
import { arbitraries, type Tried } from '../../packages/protocol/test/messages.ts';
import { passedOn, received } from '../../packages/protocol/test/spoilt.ts';
import { anyFrame, spoilt } from '../cluster/malformed/spoilt.ts';
import { say } from './say.ts';

const numMessages = 100_000;
const all = Object.values(arbitraries) as unknown as Tried<unknown>[];

describe(`${numMessages} malformed messages, each to its codec and to that of frames`, () => {
  it('are decoded, or Malformed with a reason, and leave no memory behind', () => {
    const before = megabytesInUse();
    const counts: Record<string, number> = {};
    const count = (reason: string) => {
      counts[reason] = (counts[reason] ?? 0) + 1;
    };
    const numRuns = Math.ceil(numMessages / all.length);
    for (const { codec, arbitrary } of all) {
      const tried = fc.property(received({ codec, arbitrary }), (some) => {
        const again = passedOn(codec, some);
        count(again === null ? 'refused' : 'decoded');
        if (again !== null) expect(again[1]).toEqual(again[0]);
      });
      fc.assert(tried, { numRuns });
    }
    fc.assert(
      fc.property(spoilt(anyFrame), (bytes) => count(frameReason(bytes))),
      { numRuns: numMessages },
    );
    const grown = Math.round(megabytesInUse() - before);
    say(`${numMessages} messages to codecs, as many frames: ${JSON.stringify(counts)}; ${grown} MB are left of them`);
    expect(counts.refused).toBeGreaterThan(numMessages / 4);
    expect(grown).toBeLessThan(30);
  });
});

/** When all that is no longer needed is given back. */
function megabytesInUse(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1024 / 1024;
}

function frameReason(bytes: Uint8Array): string {
  try {
    decodeFrame(bytes);
    return 'a frame';
  } catch (error) {
    if (error instanceof Malformed) return error.reason;
    throw error;
  }
}
