import { clusterSubjects, type WorkerBeat } from '@sparring/protocol';
import { InProcessBus } from '@sparring/runtime';
import { Roster } from '../dist/cluster/roster.js';

const { beat } = clusterSubjects().membership;
const beatOf = (workerId: string): WorkerBeat => ({
  ...{ workerId, role: 'trainer', host: 'there', pid: 9, run: '', refused: {}, hindrances: {} },
});

function open() {
  const bus = Object.assign(new InProcessBus(), { connected: true });
  const roster = new Roster(bus, { onSilent: () => {}, onAway: () => {} });
  opened.push(roster);
  const say = async (workerId: string) => {
    bus.publish(beat, beatOf(workerId));
    await null;
  };
  return { bus, roster, say };
}

const opened: Roster[] = [];
afterAll(() => {
  for (const roster of opened) roster.close();
});

test('knows whom it hears, by what each said last', async () => {
  const { bus, roster, say } = open();
  await say('trainer-1');
  bus.publish(beat, { ...beatOf('trainer-1'), run: 'demo' });
  await say('trainer-2');
  expect(roster.workers().map(({ workerId, run }) => [workerId, run])).toEqual([
    ['trainer-1', 'demo'],
    ['trainer-2', ''],
  ]);
});

test('does not grow with workers that somebody makes up, and counts them; those of the run are heard all the same', async () => {
  const { bus, roster, say } = open();
  for (let number = 0; number < 1_500; number++) await say(`made-up-${number}`);
  expect(roster.workers()).toHaveLength(1_024);
  expect(bus.refused).toEqual({ oversized: 476 });
  roster.heard('trainer-1');
  await say('trainer-1');
  await say('made-up-0');
  expect(roster.workers().at(-1)).toEqual(beatOf('trainer-1'));
  expect(bus.refused).toEqual({ oversized: 476 });
});
