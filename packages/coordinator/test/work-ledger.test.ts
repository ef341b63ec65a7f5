import { WorkLedger } from '../dist/work/work-ledger.js';

test('busy time adds up over workers of a role, by kind of task', () => {
  const ledger = new WorkLedger();
  ledger.record('trainer', { kind: 'pass', part: 'clean', step: 0, shard: 0 }, 5);
  ledger.record('trainer', { kind: 'pass', part: 'clean', step: 0, shard: 1 }, 7);
  ledger.record('trainer', { kind: 'pass', part: 'adversarial', step: 0, shard: 1 }, 11);
  ledger.record('trainer', { kind: 'attack', step: 0, shard: 0, parametersStep: 0 }, 17);
  ledger.record('attacker', { kind: 'attack', step: 0, shard: 1, parametersStep: 0 }, 13);
  expect(ledger.busyMs('trainer', 'clean pass')).toBe(12);
  expect(ledger.busyMs('trainer', 'clean pass', 'adversarial pass')).toBe(23);
  expect(ledger.busyMs('attacker', 'attack', 'probe')).toBe(13);
});
