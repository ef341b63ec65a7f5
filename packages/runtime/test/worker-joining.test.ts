import { hostname } from 'node:os';
import { cpuName, JoinRefused } from '@sparring/runtime';
import { advance, openWorker, subjects, work } from './worker-coordinator.ts';

const refused = { kind: 'refused', reason: 'not wanted here' } as const;

test('a worker says where it runs and what data it computes on; within a process it shows no more', async () => {
  const { joins } = await work([]);
  expect(joins).toEqual([
    {
      ...{ workerId: expect.stringMatching(/^trainer-/), role: 'trainer', term: 7 },
      ...{ host: hostname(), pid: process.pid },
      qualification: { engine: '', fingerprint: '', dataChecksum: 'da7a', cpu: cpuName() },
    },
  ]);
});

test('a worker that is to qualify shows what its thread computes with, and comes to', async () => {
  const { joins } = await work([], { qualify: true });
  expect(joins[0]!.qualification).toMatchObject({ engine: 'misbehaving 1', fingerprint: 'f00d' });
});

test.each([
  ['is not told the settings', { settingsReply: refused }, 0],
  ['may not join', { joinReply: refused }, 1],
])('a worker that %s says why', async (_, orders, joins) => {
  const { loop, heard } = openWorker([advance(0)], orders);
  const starting = loop.start();
  await expect(starting).rejects.toBeInstanceOf(JoinRefused);
  await expect(starting).rejects.toThrow('not wanted here');
  expect(heard).toMatchObject({ asks: [], events: [] });
  expect(heard.joins).toHaveLength(joins);
});

test('a worker whose thread cannot be opened does not join', async () => {
  const { loop, heard } = openWorker([], { settings: { definition: '{ "refuse": true }' } });
  await expect(loop.start()).rejects.toThrow('the engine is not there');
  expect(heard.joins).toEqual([]);
});

test('a worker that is refused when it joins anew is done, and says why', async () => {
  const { bus, loop } = openWorker([advance(2)]);
  await loop.start();
  bus.serve(subjects.membership.join, () => refused);
  await expect(loop.finished).rejects.toThrow('not wanted here');
});

test('a worker that is stopped before it has joined does not; one that is stopped while it does leaves', async () => {
  const early = openWorker([]);
  const starting = early.loop.start();
  void early.loop.stop();
  await expect(starting).rejects.toThrow('aborted');
  expect(early.heard.joins).toEqual([]);

  const { bus, loop, heard } = openWorker([]);
  bus.serve(subjects.membership.join, (request) => {
    heard.joins.push(request);
    void loop.stop();
    return { kind: 'welcome' };
  });
  await expect(loop.start()).rejects.toThrow('aborted');
  expect(heard.left).toEqual(heard.joins.map(({ workerId }) => workerId));
});
