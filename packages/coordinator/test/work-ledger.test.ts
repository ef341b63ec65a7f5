import { WorkLedger } from '../dist/work-ledger.js';

test('busy time adds up over workers, by kind of task', () => {
  const ledger = new WorkLedger();
  ledger.record('trainer-1', { kind: 'pass', part: 'clean', step: 0, shard: 0 }, 5);
  ledger.record('trainer-2', { kind: 'pass', part: 'clean', step: 0, shard: 1 }, 7);
  ledger.record('trainer-2', { kind: 'pass', part: 'adversarial', step: 0, shard: 1 }, 11);
  ledger.record('attacker-1', { kind: 'attack', step: 0, shard: 1, parametersStep: 0 }, 13);
  expect(ledger.busyMs('clean pass')).toBe(12);
  expect(ledger.busyMs('clean pass', 'adversarial pass')).toBe(23);
  expect(ledger.busyMs('attack', 'probe')).toBe(13);
});
