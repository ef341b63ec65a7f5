import type { NatsStore } from '@sparring/runtime';
// @boundaries-ignore tests of several packages start the same server
import { describeWithNats } from '../../../test/nats/nats-server.ts';
import { keys } from '../dist/index.js';
import { openSwept, recordOf, type Swept } from './swept.ts';

describeWithNats('a sweep that somebody else changes at the same time', () => {
  const record = recordOf();
  /** What is done once, after the office has read the sweep's header next. */
  let meanwhile: (() => Promise<unknown>) | undefined;
  let swept: Swept;
  beforeEach(async () => {
    const interrupted = (durable: NatsStore): Partial<NatsStore> => ({
      async get(key) {
        const found = await durable.get(key);
        if (key === keys.header(record.id)) {
          const work = meanwhile;
          meanwhile = undefined;
          await work?.();
        }
        return found;
      },
    });
    swept = await openSwept({ change: interrupted });
    expect(await swept.office.submit(record)).toBeNull();
    expect(await swept.office.change(record.id, 'pause')).toBeNull();
  });
  afterEach(() => swept.close());

  it.each(['cancel', 'pause', 'resume', 'retry'] as const)(
    'is not there any more where it is removed beside %s',
    async (verb) => {
      const { office, durable } = swept;
      meanwhile = async () => expect(await office.change(record.id, 'remove')).toBeNull();
      expect(await office.change(record.id, verb)).toBe(`there is no sweep ${record.id}`);
      expect(await durable.list('')).toEqual([]);
      expect(await durable.listObjects('')).toEqual([]);
      expect(await office.submit(record)).toBeNull();
      expect(office.list()).toMatchObject([{ sweep: record.id, wish: 'run' }]);
    },
  );

  it('stays cancelled where it is cancelled beside being submitted, and its record is the one that it had', async () => {
    const { office, durable } = swept;
    meanwhile = async () => expect(await office.change(record.id, 'cancel')).toBeNull();
    expect(await office.submit(record)).toMatch(/was cancelled/);
    expect(office.list()).toMatchObject([{ sweep: record.id, wish: 'cancel' }]);
    expect(await durable.listObjects('')).toHaveLength(1);
  });

  it('has one record where it is submitted twice at once', async () => {
    const { office, durable } = swept;
    expect(await Promise.all([office.submit(record), office.submit(record)])).toEqual([null, null]);
    expect(await durable.listObjects('')).toHaveLength(1);
  });

  it('is as if it were not there where its header names no record, and is submitted and removed all the same', async () => {
    const { office, durable } = swept;
    const broken = recordOf({ name: 'broken' });
    await durable.put(keys.header(broken.id), JSON.stringify({ wish: 'cancel' }));
    for (const verb of ['resume', 'remove'] as const)
      expect(await office.change(broken.id, verb)).toBe(`there is no sweep ${broken.id}`);
    expect(await office.submit(broken)).toBeNull();
    expect(await office.change(broken.id, 'cancel')).toBeNull();
    expect(await office.change(broken.id, 'remove')).toBeNull();
    expect(await durable.get(keys.header(broken.id))).toBeNull();
  });
});
