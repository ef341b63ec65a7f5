import { Solitude } from '../dist/sweep/cluster/solitude.js';

const never = new AbortController().signal;
const turns = async () => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

it('asks the others to go, waits until they have, and lets nobody in until it is over', async () => {
  const solitude = new Solitude();
  const [first, second] = [await solitude.enter(never), await solitude.enter(never)];
  const { asked } = solitude;
  const order: string[] = [];
  const alone = solitude.enterAlone().then((leave) => {
    order.push('alone');
    return leave;
  });
  const late = solitude.enter(never).then((leave) => {
    order.push('late');
    return leave;
  });
  await turns();
  expect(asked.aborted).toBe(true);
  first();
  first();
  await turns();
  expect(order).toEqual([]);
  second();
  const leave = await alone;
  await turns();
  expect(order).toEqual(['alone']);
  leave();
  (await late)();
  expect(order).toEqual(['alone', 'late']);
  expect(solitude.asked.aborted).toBe(false);
});

it('keeps nobody waiting who is to go anyway', async () => {
  const solitude = new Solitude();
  const leave = await solitude.enterAlone();
  const over = new AbortController();
  const entered = solitude.enter(over.signal);
  over.abort();
  (await entered)();
  leave();
});

it('lets those who are to be alone be so one after the other', async () => {
  const solitude = new Solitude();
  let at = 0;
  const one = async () => {
    const leave = await solitude.enterAlone();
    expect(++at).toBe(1);
    await turns();
    at--;
    leave();
  };
  await Promise.all([one(), one(), one()]);
});
