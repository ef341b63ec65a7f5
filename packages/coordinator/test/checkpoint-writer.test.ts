import type { Checkpoint, CheckpointKind } from '@sparring/runtime';
import { CheckpointWriter } from '../dist/training/checkpoint-writer.js';

test('of those that wait only the newest are written, and the best before the last one that names it', async () => {
  const written: string[] = [];
  const writes: (() => void)[] = [];
  const store = {
    save: (kind: CheckpointKind, { step }: Checkpoint) => {
      written.push(`${kind} ${step}`);
      return new Promise<void>((resolve) => writes.push(resolve));
    },
    load: () => Promise.reject(new Error('not asked for')),
  };
  const writer = new CheckpointWriter(store, () => {});
  const save = (kind: CheckpointKind, step: number) => writer.save(kind, { step } as Checkpoint);
  save('last', 1);
  save('last', 2);
  save('best', 3);
  save('last', 3);
  for (let done = 0; done < 3; done++) {
    writes[done]!();
    await new Promise(setImmediate);
  }
  await writer.settled();
  expect(written).toEqual(['last 1', 'best 3', 'last 3']);
});
