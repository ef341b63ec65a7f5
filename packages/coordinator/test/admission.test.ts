import { type JoinRequest, protocolVersion, type Qualification } from '@sparring/protocol';
import { admit, versionFault } from '../dist/members/admission.js';
import { Membership } from '../dist/members/membership.js';

const own: Qualification = {
  engine: 'onnxruntime-node 1.27.0',
  dataChecksum: 'da7a',
  fingerprint: 'f00d',
  cpu: 'Intel Xeon',
};
const request: JoinRequest = {
  ...{ workerId: 'trainer-1', role: 'trainer', term: 3, host: 'there', pid: 9 },
  qualification: { ...own, cpu: 'Intel Xeon, another one' },
};
const rules = { membership: new Membership(), term: 3, own, allowMixedHardware: false };
const welcome = { kind: 'welcome' };
const differing = (changes: Partial<Qualification>): JoinRequest => ({
  ...request,
  qualification: { ...request.qualification, ...changes },
});
const refused = (text: string) => ({ kind: 'refused', reason: expect.stringContaining(text) });

test('a worker that computes on the same data, with the same engine, to the same bits is welcome', () => {
  expect(admit(request, rules)).toEqual(welcome);
});

test('another version of the protocol is refused by name', () => {
  expect(versionFault({ protocolVersion })).toBeNull();
  expect(versionFault({ protocolVersion: protocolVersion + 1 })).toBe(
    `it speaks version ${protocolVersion + 1} of the protocol, this coordinator version ${protocolVersion}: install the same sparring on both`,
  );
});

test('a worker of a term that is over is refused', () => {
  expect(admit({ ...request, term: 2 }, rules)).toEqual(refused('term 2 is over, this is term 3'));
});

test('other data, another engine or another version of it are refused, and it is said which', () => {
  expect(admit(differing({ dataChecksum: 'beef' }), rules)).toEqual(
    refused('its data differ: checksum beef, here da7a'),
  );
  expect(admit(differing({ engine: 'onnxruntime-node 1.26.0' }), rules)).toEqual(
    refused('it computes with onnxruntime-node 1.26.0, the coordinator with onnxruntime-node 1.27.0'),
  );
});

test('other arithmetic is refused, naming both processors and what would allow it', () => {
  const reply = admit(differing({ fingerprint: 'cafe', cpu: 'AMD EPYC' }), rules);
  expect(reply).toEqual(refused("AMD EPYC comes to other bits than the coordinator's Intel Xeon"));
  expect(reply).toEqual(refused('allowMixedHardware'));
});

test('allowMixedHardware takes another engine and other arithmetic, but no other data', () => {
  const mixed = { ...rules, allowMixedHardware: true };
  expect(admit(differing({ engine: 'tfjs 4', fingerprint: 'cafe' }), mixed)).toEqual(welcome);
  expect(admit(differing({ dataChecksum: 'beef' }), mixed)).toEqual(refused('its data differ'));
});

test('within a process nobody need show anything, but terms are kept', () => {
  const trusting = { ...rules, own: null };
  expect(admit(differing({ dataChecksum: '', engine: '', fingerprint: '' }), trusting)).toEqual(welcome);
  expect(admit({ ...request, term: 2 }, trusting)).toEqual(refused('term 2 is over'));
});

test('a process whose worker was evicted may not come back under another id; others of its machine may', () => {
  const membership = new Membership();
  const evicting = { ...rules, membership };
  membership.add(request);
  membership.add({ ...request, workerId: 'trainer-2', pid: 10 });
  expect(membership.evict('trainer-1')).toMatchObject({ workerId: 'trainer-1' });
  expect(membership.evict('trainer-1')).toBeUndefined();
  expect(membership.all().map(({ workerId }) => workerId)).toEqual(['trainer-2']);
  expect(admit({ ...request, workerId: 'trainer-3' }, evicting)).toEqual(refused('its process was evicted'));
  expect(admit({ ...request, pid: 10 }, evicting)).toEqual(welcome);
  expect(admit({ ...request, host: 'elsewhere' }, evicting)).toEqual(welcome);
});

test('more workers than a run can use are refused, those that are in it stay', () => {
  const membership = new Membership();
  for (let number = 0; number < 1_024; number++)
    membership.add({ workerId: `trainer-${number}`, role: 'trainer', host: 'there', pid: number });
  expect(admit({ ...request, workerId: 'trainer-1024' }, { ...rules, membership })).toEqual(refused('1024 workers'));
  expect(admit({ ...request, workerId: 'trainer-7' }, { ...rules, membership })).toEqual(welcome);
});
