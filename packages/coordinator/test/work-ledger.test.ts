import type { Task } from '@sparring/protocol';
import { WorkLedger } from '../dist/work/work-ledger.js';

const pass = (part: 'clean' | 'adversarial', shard: number): Task => ({ kind: 'pass', part, step: 0, shard });
const attack: Task = { kind: 'attack', step: 0, shard: 0, parametersStep: 0 };
const probe: Task = { kind: 'probe', split: 'test', attack: 'clean', from: 0, to: 500, parametersStep: 0 };

test('what steps took adds up over the workers of a role, whatever they did but measure', () => {
  const ledger = new WorkLedger();
  ledger.record('trainer', pass('clean', 0), 5, 5);
  ledger.record('trainer', pass('adversarial', 1), 11, 11);
  ledger.record('trainer', attack, 17, 17);
  ledger.record('attacker', attack, 13, 13);
  ledger.record('trainer', probe, 100, 100);
  expect([ledger.stepsMs('trainer'), ledger.stepsMs('attacker')]).toEqual([33, 13]);
});

test('what leases were held for beyond computing was spent on the wire, that of measuring not counted', () => {
  const ledger = new WorkLedger();
  ledger.record('trainer', pass('clean', 0), 5, 8);
  ledger.record('attacker', attack, 10, 14);
  ledger.record('attacker', probe, 10, 100);
  expect(ledger.wireMs).toBe(7);
});
