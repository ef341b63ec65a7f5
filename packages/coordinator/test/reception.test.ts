import { protocolVersion, type Qualification, type RunSettings, subjectsOf, type Task } from '@sparring/protocol';
import { InProcessBus } from '@sparring/runtime';
import { initialState, loadModel, within } from '@sparring/training';
import type { TrainingEvent } from '../dist/events.js';
import { openReception } from '../dist/members/reception.js';
import { StateKeeper } from '../dist/training/state-keeper.js';
import { smallData } from './small-data.ts';
import { smallDefinition } from './small-definition.ts';
import { openDesk, term } from './worker-at-desk.ts';

const subjects = subjectsOf('test');
const own: Qualification = { engine: 'onnx 1', dataChecksum: 'da7a', fingerprint: 'f00d', cpu: 'Intel Xeon' };
const worker = { workerId: 'trainer-1', role: 'trainer' } as const;
const joining = { ...worker, term, host: 'there', pid: 9, qualification: own };
const pass: Task = { kind: 'pass', part: 'clean', step: 0, shard: 0 };

async function open() {
  const definition = smallDefinition();
  const dataSet = await smallData();
  const state = initialState(await loadModel(definition.model, dataSet), definition);
  const keeper = new StateKeeper({ engine: 'onnx:cpu', definition, dataSet, stepsPerCall: 1 }, 5, state);
  const { desk, membership, ledger } = openDesk();
  const settings: RunSettings = {
    ...{ run: 'test', term, engine: 'onnx:cpu', definition: '{}', data: '{}', dataChecksum: 'da7a', stepsPerCall: 1 },
    ...{ maxBodyBytes: 4, staleness: 0, replicas: 1 },
  };
  const bus = new InProcessBus();
  const events: TrainingEvent[] = [];
  const emit = (event: TrainingEvent) => void events.push(event);
  const newerTerms = { heard: 0 };
  openReception({
    ...{ bus, subjects, settings, membership, desk, keeper, emit },
    own: Promise.resolve(own),
    allowMixedHardware: false,
    onNewerTerm: () => void newerTerms.heard++,
  });
  return { newerTerms, bus, desk, membership, ledger, keeper, state, settings, events };
}

test('who speaks the same protocol is told the settings, and who does not why not', async () => {
  const { bus, settings, events } = await open();
  expect(await bus.request(subjects.membership.settings, { ...worker, protocolVersion })).toEqual({
    ...{ kind: 'settings', settings },
  });
  expect(events).toEqual([]);
  const reply = await bus.request(subjects.membership.settings, { ...worker, protocolVersion: 99 });
  const reason = expect.stringContaining('it speaks version 99 of the protocol');
  expect(reply).toEqual({ kind: 'refused', reason });
  expect(events).toEqual([{ kind: 'refused', ...worker, reason }]);
});

test('a worker that joins is a member, however often it says so', async () => {
  const { bus, membership, events } = await open();
  for (let i = 0; i < 2; i++) expect(await bus.request(subjects.membership.join, joining)).toEqual({ kind: 'welcome' });
  expect(membership.all()).toEqual([{ ...worker, host: 'there', pid: 9 }]);
  expect(events).toEqual([{ kind: 'joined', ...worker }]);
});

test('a worker that is refused is told of, and is given no work', async () => {
  const { bus, membership, events } = await open();
  const reason = 'its data differ: checksum beef, here da7a';
  const request = { ...joining, qualification: { ...own, dataChecksum: 'beef' } };
  expect(await bus.request(subjects.membership.join, request)).toEqual({ kind: 'refused', reason });
  expect(membership.all()).toEqual([]);
  expect(events).toEqual([{ kind: 'refused', ...worker, reason }]);
  expect(await bus.request(subjects.work.ask, { ...worker, term, ask: 1 })).toEqual({ kind: 'leave' });
});

test('a member is leased work, and its results are taken; those that come too late are told of', async () => {
  const { bus, desk, events } = await open();
  await bus.request(subjects.membership.join, joining);
  const performed = desk.perform(pass);
  const reply = await bus.request(subjects.work.ask, { ...worker, term, ask: 1 });
  if (reply.kind !== 'lease') throw new Error('no lease');
  const output = { gradients: {}, loss: { clean: 1, adversarial: null } };
  const { leaseId } = reply.lease;
  const result = { ...worker, leaseId, term, computeMs: 1, outcome: { kind: 'pass', output } as const };
  expect(await bus.request(subjects.results.pass, result)).toBe('accepted');
  expect(await performed).toBe(output);
  expect(await bus.request(subjects.results.pass, result)).toBe('stale');
  expect(events).toEqual([
    { kind: 'joined', ...worker },
    { kind: 'receipt', workerId: worker.workerId, receipt: 'stale' },
  ]);
});

test('a member that leaves is none any more, and its question is answered', async () => {
  const { bus, membership, events } = await open();
  await bus.request(subjects.membership.join, joining);
  const asked = bus.request(subjects.work.ask, { ...worker, term, ask: 1 });
  bus.publish(subjects.membership.leave, { workerId: worker.workerId, reason: 'stopped' });
  expect(await asked).toEqual({ kind: 'leave' });
  expect(membership.all()).toEqual([]);
  expect(events.at(-1)).toEqual({ kind: 'left', ...worker, reason: 'stopped' });
});

test('the state and parameters of its step are handed out, those of others and of other terms are gone', async () => {
  const { bus, keeper, state } = await open();
  const ask = { term, step: 5, what: 'state', offset: 0, length: 1_000_000 } as const;
  const fetch = async (changes: object) => {
    const reply = await bus.request(subjects.parameters.fetch, { ...ask, ...changes });
    return reply.kind === 'gone' ? 'gone' : Object.fromEntries(reply.slices.map(({ name, values }) => [name, values]));
  };
  const parameters = within('parameters', state);
  expect(await fetch({})).toEqual(state);
  expect(await fetch({ what: 'parameters' })).toEqual(parameters);
  expect(await fetch({ term: term - 1 })).toBe('gone');
  for (const what of ['state', 'parameters']) {
    expect(await fetch({ what, step: 4 })).toBe('gone');
    expect(await fetch({ what, step: 6 })).toBe('gone');
  }

  // Those of a net that is to be measured.
  const giveBack = keeper.lend(2, parameters);
  keeper.adopt(6, state);
  expect(await fetch({ what: 'parameters', step: 2 })).toEqual(parameters);
  expect(await fetch({ what: 'state', step: 2 })).toBe('gone');
  giveBack();
  expect(await fetch({ what: 'parameters', step: 2 })).toBe('gone');

  // Rolled back, the step is another.
  keeper.restore(state);
  for (const what of ['state', 'parameters']) {
    expect(await fetch({ what, step: 6 })).toBe('gone');
    expect(await fetch({ what, step: 6, rollbacks: 1 })).toEqual(what === 'state' ? state : parameters);
  }
});

test('who has no business here is counted by reason', async () => {
  const { bus, keeper, ledger } = await open();
  await bus.request(subjects.membership.settings, { ...worker, protocolVersion: 99 });
  await bus.request(subjects.membership.join, { ...joining, term: term - 1 });
  await bus.request(subjects.membership.join, { ...joining, qualification: { ...own, engine: 'another' } });
  expect(bus.refused).toEqual({ unfit: 2, 'old-term': 1 });
  await bus.request(subjects.work.ask, { ...worker, term, ask: 1 });
  await bus.request(subjects.work.ask, { ...worker, term: term - 1, ask: 1 });
  bus.publish(subjects.membership.leave, { workerId: 'nobody', reason: 'boredom' });
  await null;
  expect(bus.refused).toEqual({ unfit: 2, 'old-term': 2, unknown: 2 });
  const fetch = { term, step: keeper.step, what: 'state', offset: 2 ** 53 - 1, length: 2 ** 53 - 1 } as const;
  expect(await bus.request(subjects.parameters.fetch, fetch)).toMatchObject({ kind: 'part', slices: [] });
  await bus.request(subjects.parameters.fetch, { ...fetch, step: 2 ** 53 - 1 });
  await bus.request(subjects.parameters.fetch, { ...fetch, term: 0 });
  expect(bus.refused).toEqual({ unfit: 2, 'old-term': 3, unknown: 3 });
  const failure = { kind: 'failure', message: 'no' } as const;
  await bus.request(subjects.results.failure, { ...worker, leaseId: 'none', term, computeMs: 1, outcome: failure });
  expect(ledger.staleResults).toBe(1);
});

test('a question of a later term is told of, and left to whoever has that term; one of an earlier term is not', async () => {
  const { bus, membership, ledger, newerTerms } = await open();
  const outcome = { kind: 'failure', message: 'no' } as const;
  const ask = (given: number) => [
    bus.request(subjects.membership.join, { ...joining, term: given }),
    bus.request(subjects.work.ask, { ...worker, term: given, ask: 1 }),
    bus.request(subjects.parameters.fetch, { term: given, step: 5, what: 'state', offset: 0, length: 1 }),
    bus.request(subjects.results.failure, { ...worker, leaseId: 'none', term: given, computeMs: 1, outcome }),
  ];
  let answers = 0;
  for (const answer of ask(term + 1)) void answer.then(() => answers++);
  await Promise.all(ask(term - 1));
  expect(answers).toBe(0);
  expect(newerTerms.heard).toBe(4);
  expect(bus.refused).toMatchObject({ unknown: 4 });
  expect(membership.all()).toEqual([]);
  expect(ledger.staleResults).toBe(1);
});

test('however many are refused, few are told of', async () => {
  const { bus, events } = await open();
  for (let number = 0; number < 100; number++)
    await bus.request(subjects.membership.settings, { ...worker, protocolVersion: 99 });
  expect(bus.refused).toEqual({ unfit: 100 });
  expect(events.length).toBeLessThan(20);
});
