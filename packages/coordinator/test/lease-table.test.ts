import { LeaseTable } from '../dist/work/lease-table.js';

test('a lease is ended by its holder, once', () => {
  const table = new LeaseTable<string>();
  const { leaseId } = table.grant('trainer-1', 'shard 0', 0, 100);
  expect(table.settle(leaseId, 'trainer-2')).toBeUndefined();
  expect(table.settle(leaseId, 'trainer-1')?.job).toBe('shard 0');
  expect(table.settle(leaseId, 'trainer-1')).toBeUndefined();
  expect(table.takeExpired(1_000)).toEqual([]);
});

test('a lease expires at its deadline, and its holder comes too late', () => {
  const table = new LeaseTable<string>();
  const early = table.grant('trainer-1', 'shard 0', 0, 100);
  table.grant('trainer-2', 'shard 1', 50, 100);
  expect(table.takeExpired(99)).toEqual([]);
  expect(table.takeExpired(100)).toEqual([early]);
  expect(table.settle(early.leaseId, 'trainer-1')).toBeUndefined();
  expect(table.takeExpired(150).map(({ job }) => job)).toEqual(['shard 1']);
});

test('all leases of a worker that is gone are taken back, and those of no other', () => {
  const table = new LeaseTable<string>();
  table.grant('trainer-1', 'shard 0', 0, 100);
  const other = table.grant('trainer-2', 'shard 1', 0, 100);
  table.grant('trainer-1', 'shard 2', 0, 100);
  expect(table.takeHeldBy('trainer-1').map(({ job }) => job)).toEqual(['shard 0', 'shard 2']);
  expect(table.takeHeldBy('trainer-1')).toEqual([]);
  expect(table.settle(other.leaseId, 'trainer-2')).toEqual(other);
});

test('a lease that ran out is known again when its holder answers late, once, unless many have run out since', () => {
  const table = new LeaseTable<string>();
  const { leaseId } = table.grant('trainer-1', 'shard 0', 0, 100);
  expect(table.takeLate(leaseId, 'trainer-1')).toBeUndefined();
  table.takeExpired(100);
  expect(table.takeLate(leaseId, 'trainer-2')).toBeUndefined();
  expect(table.takeLate(leaseId, 'trainer-1')?.job).toBe('shard 0');
  expect(table.takeLate(leaseId, 'trainer-1')).toBeUndefined();

  const old = table.grant('trainer-1', 'shard 1', 100, 1);
  table.takeExpired(101);
  for (let shard = 0; shard < 16; shard++) table.grant('trainer-2', `shard ${shard}`, 101, 1);
  table.takeExpired(102);
  expect(table.takeLate(old.leaseId, 'trainer-1')).toBeUndefined();
});
