import type { AssistanceRequest, AssistanceResult } from '@sparring/protocol';
import fc from 'fast-check';
import { AssistanceDesk } from '../dist/worker/assistance/assistance-desk.js';

const examples = { encoding: 'float32', examples: new Float32Array(4) } as const;
const advance = { kind: 'advance', step: 5, numSteps: 2, replica: 0 } as const;
const asking = (workerId: string, ask: number, step = 5): AssistanceRequest => ({ workerId, term: 1, step, ask });
const made = (workerId: string, shard: number, step = 5): AssistanceResult => ({
  ...{ workerId, term: 1, step, shard, adversarial: examples },
});

function deskAt(step = 5, shards = 3): AssistanceDesk {
  const desk = new AssistanceDesk(1, shards);
  desk.begin(advance);
  desk.open(step);
  return desk;
}

test('attackers take shards from the last one down, the trainer from the first one up, until none is left', async () => {
  const desk = deskAt();
  expect(await desk.ask(asking('a', 1))).toEqual({ kind: 'shard', step: 5, shard: 2 });
  expect(await desk.next(1_000)).toEqual({ shard: 0 });
  expect(await desk.ask(asking('b', 1))).toEqual({ kind: 'shard', step: 5, shard: 1 });
  expect(desk.accept(made('b', 1))).toBe('accepted');
  expect(await desk.next(1_000)).toEqual({ shard: 1, given: { workerId: 'b', adversarial: examples } });
  const waiting = desk.next(60_000);
  expect(desk.accept(made('a', 2))).toBe('accepted');
  expect(await waiting).toEqual({ shard: 2, given: { workerId: 'a', adversarial: examples } });
  expect(await desk.next(1_000)).toBeNull();
});

test('what an attacker does not return in time the trainer computes, and the late examples are dropped', async () => {
  const desk = deskAt(5, 1);
  await desk.ask(asking('a', 1));
  expect(await desk.next(5)).toEqual({ shard: 0 });
  expect(desk.accept(made('a', 0))).toBe('stale');
  expect(await desk.next(5)).toBeNull();
});

test('a question that is asked again has the same answer; whoever asks anew gives its shard back, and waits for the next step', async () => {
  const desk = deskAt();
  const first = await desk.ask(asking('a', 1));
  expect(await desk.ask(asking('a', 1))).toEqual(first);
  const next = desk.ask(asking('a', 2))!;
  expect(desk.ask(asking('a', 1))).toBeNull();
  expect(await desk.ask(asking('b', 1))).toEqual(first);
  desk.open(6);
  expect(await next).toEqual({ kind: 'shard', step: 6, shard: 2 });
});

test('who asks for a span that is over is told so, and who asks for one to come waits for it', async () => {
  const desk = deskAt();
  const early = desk.ask(asking('a', 1, 7))!;
  const late = desk.ask(asking('b', 1))!;
  desk.end();
  expect(await desk.ask(asking('c', 1))).toEqual({ kind: 'over' });
  expect((await late).kind).toBe('shard');
  expect(await desk.ask(asking('b', 2))).toEqual({ kind: 'over' });
  desk.begin({ ...advance, step: 7 });
  desk.open(7);
  expect(await early).toEqual({ kind: 'shard', step: 7, shard: 2 });
});

test('who is of another term, or of a span that was given up, hears nothing', async () => {
  const desk = deskAt();
  const heard: string[] = [];
  void desk.ask({ ...asking('a', 1), term: 2 })!.then(() => heard.push('a'));
  desk.abandon();
  void desk.ask(asking('b', 1))!.then(() => heard.push('b'));
  desk.end();
  await new Promise(setImmediate);
  expect(heard).toEqual([]);
});

test('an attacker that takes longer than the trainer would for all that is left is given nothing, but tried again later', async () => {
  const desk = deskAt(5, 2);
  await desk.ask(asking('slow', 1));
  await desk.next(1);
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(desk.accept(made('slow', 1))).toBe('accepted');
  const given: number[] = [];
  let at = 5;
  void desk.ask(asking('slow', 2))!.then(() => given.push(at));
  for (let step = 6; step < 16; step++) {
    at = step;
    desk.open(step);
    while (await desk.next(1));
    await new Promise(setImmediate);
  }
  expect(given).toHaveLength(1);
  expect(given[0]).toBeGreaterThan(7);
});

test('whose examples could not be used is given no more, and their shard is the trainer’s', async () => {
  const desk = deskAt(5, 2);
  await desk.ask(asking('a', 1));
  desk.accept(made('a', 1));
  const next = await desk.next(1_000);
  desk.refuse(next as Required<NonNullable<typeof next>>);
  expect(await desk.ask(asking('a', 2))).toEqual({ kind: 'over' });
  expect([await desk.next(1_000), await desk.next(1_000)]).toEqual([{ shard: 0 }, { shard: 1 }]);
});

test('whoever asks and returns what, each shard of a step is told once, and examples only of who took it', async () => {
  const worker = fc.constantFrom('a', 'b', 'c');
  const small = fc.nat(3);
  const act = fc.oneof(
    fc.record({
      what: fc.constant('ask' as const),
      worker,
      ask: fc.integer({ min: 1, max: 9 }),
      step: fc.constantFrom(4, 5, 6),
    }),
    fc.record({ what: fc.constant('return' as const), worker, shard: small, step: fc.constantFrom(5, 6) }),
    fc.record({ what: fc.constant('next' as const) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 40 }), async (acts) => {
      const desk = deskAt(5, 4);
      const told: number[] = [];
      for (const each of acts) {
        if (each.what === 'ask') void desk.ask(asking(each.worker, each.ask, each.step));
        else if (each.what === 'return') desk.accept(made(each.worker, each.shard, each.step));
        else told.push((await desk.next(0))?.shard ?? -1);
      }
      for (let next = await desk.next(0); next; next = await desk.next(0)) told.push(next.shard);
      expect(told.filter((shard) => shard >= 0).sort()).toEqual([0, 1, 2, 3]);
    }),
  );
});
