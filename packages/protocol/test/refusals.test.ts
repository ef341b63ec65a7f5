import * as codecs from '../dist/codecs/index.js';
import { sparring } from '../dist/generated/messages.js';
import { type Codec, crc32, Malformed, type Received } from '../dist/index.js';
import { travelled } from './travelled.ts';

const wire = sparring.v1;
const { ENCODING_FLOAT32, ENCODING_SIGNS } = wire.Encoding;
const nothing = new Uint8Array(0);
const values = Float32Array.of(1, 2, 3, 4);
const valueBytes = new Uint8Array(values.buffer);
const origin = { workerId: 'w', leaseId: 'l', term: 1, computeMs: 1 };
const tensor = (given: object = {}) => ({
  ...{ name: 'kernel', encoding: ENCODING_FLOAT32, elements: 4, crc32: crc32(valueBytes) },
  ...given,
});

/** Why a message is refused. */
function refusal(codec: Codec<unknown>, head: { finish(): Uint8Array }, body: Uint8Array = nothing): string {
  try {
    codec.decode(travelled({ head: head.finish(), body: [body] }, codec.memory));
  } catch (error) {
    if (error instanceof Malformed) return error.message;
    throw error;
  }
  throw new Error('the message was taken');
}

const gradients = (tensors: object[], body = valueBytes) =>
  refusal(codecs.passResult, wire.PassResult.encode({ origin, gradients: tensors }), body);

test('a forged head that claims a huge tensor is refused, and nothing is allocated for it', () => {
  const before = process.memoryUsage().arrayBuffers;
  expect(gradients([tensor({ elements: 2 ** 40 })])).toBe(
    'shape: gradients/kernel: the head says 4398046511104 bytes, the body has 16 left',
  );
  expect(gradients([tensor({ elements: 2 ** 53 - 1 })])).toMatch(/^shape: /);
  expect(gradients([tensor(), tensor({ name: 'bias', elements: 2 ** 30 })])).toMatch(/^shape: gradients\/bias/);
  const layout = [{ name: 'kernel', elements: 2 ** 50 }];
  const slices = [{ from: 0, values: tensor({ elements: 2 ** 50 }) }];
  const reply = wire.TensorsReply.encode({ part: { layout, slices } });
  expect(refusal(codecs.tensorsReply, reply, valueBytes)).toMatch(/^shape: slices\/kernel/);
  expect(refusal(codecs.readReply, wire.ReadReply.encode({ bytes: 2 ** 40 }))).toMatch(/^shape: bytes/);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1 << 20);
});

test('a body must be exactly what the head describes, to the checksum', () => {
  expect(gradients([tensor({ elements: 3, crc32: crc32(valueBytes.subarray(0, 12)) })])).toBe(
    'shape: 4 bytes of the body are none of what the head describes',
  );
  expect(gradients([])).toMatch(/^shape: 16 bytes/);
  expect(
    gradients(
      [tensor()],
      valueBytes.map((byte) => byte ^ 1),
    ),
  ).toBe('corrupt: gradients/kernel: its bytes have another checksum');
  expect(refusal(codecs.leaveNotice, wire.LeaveNotice.encode({ workerId: 'w' }), Uint8Array.of(1))).toMatch(/^shape: /);
});

test('tensors are refused that are unnamed, named twice, or named so that they would harm', () => {
  expect(gradients([tensor({ name: '' })])).toMatch(/^invalid: gradients: expected 1 to 200 characters/);
  expect(gradients([tensor({ name: '__proto__' })])).toMatch(/^invalid: gradients: .*__proto__/);
  const half = { elements: 2, crc32: crc32(valueBytes.subarray(0, 8)) };
  expect(gradients([tensor(half), tensor(half)])).toBe('invalid: gradients: expected each name once, got "kernel"');
});

test('encodings that a field does not take, and codes that mean nothing, are refused', () => {
  expect(gradients([tensor({ encoding: ENCODING_SIGNS })])).toMatch(/^invalid: gradients\/kernel: expected float32/);
  expect(gradients([tensor({ encoding: 7 })])).toMatch(/^invalid: /);
  const codes = Uint8Array.of(0, 0b00_11_00_00);
  const adversarial = { encoding: ENCODING_SIGNS, elements: 2, crc32: crc32(codes) };
  expect(refusal(codecs.attackResult, wire.AttackResult.encode({ origin, adversarial }), codes)).toMatch(
    /^invalid: adversarial: expected codes 0, 1 and 2/,
  );
});

test('slices must lie within the tensors of their layout', () => {
  const part = (slice: object) => {
    const layout = [{ name: 'kernel', elements: 5 }];
    const reply = wire.TensorsReply.encode({ part: { layout, slices: [slice] } });
    return refusal(codecs.tensorsReply, reply, valueBytes);
  };
  expect(part({ from: 2, values: tensor() })).toBe('invalid: slices/kernel: expected at most 5 elements, got 6');
  expect(part({ from: 0, values: tensor({ name: 'bias' }) })).toMatch(/^invalid: slices\/bias: expected at most 0/);
});

const join = { workerId: 'w', role: 1, term: 1, host: 'h', pid: 1, qualification: { engine: 'e', dataChecksum: 'd' } };
const settings = {
  run: 'r',
  engine: 'e',
  definition: '{}',
  data: '{}',
  dataChecksum: 'd',
  stepsPerCall: 1,
  replicas: 1,
};
const advance = { leaseId: 'l', task: { advance: { numSteps: 1 } }, durationMs: 1 };
const file = { path: 'a', bytes: 1, sha256: 'a'.repeat(64) };

test.each([
  ['an empty id', codecs.joinRequest, wire.JoinRequest, { ...join, workerId: '' }, /^invalid: workerId/],
  ['an id of several words', codecs.joinRequest, wire.JoinRequest, { ...join, workerId: 'a b' }, /^invalid: workerId/],
  [
    'an id beyond 200',
    codecs.joinRequest,
    wire.JoinRequest,
    { ...join, workerId: 'a'.repeat(201) },
    /^invalid: workerId/,
  ],
  ['no role', codecs.joinRequest, wire.JoinRequest, { ...join, role: 0 }, /^invalid: role: expected trainer, attacker/],
  ['an unknown role', codecs.joinRequest, wire.JoinRequest, { ...join, role: 3 }, /^invalid: role/],
  [
    'no qualification',
    codecs.joinRequest,
    wire.JoinRequest,
    { ...join, qualification: null },
    /^invalid: qualification/,
  ],
  ['a term beyond 2^53', codecs.joinRequest, wire.JoinRequest, { ...join, term: 2 ** 53 }, /^invalid: term/],
  ['a negative term', codecs.joinRequest, wire.JoinRequest, { ...join, term: -1 }, /^invalid: term/],
  ['too many counts', codecs.workerBeat, wire.WorkerBeat, countless(), /^invalid: refused: expected at most 32 names/],
  ['no reply', codecs.joinReply, wire.JoinReply, {}, /^invalid: reply/],
  ['no settings', codecs.settingsReply, wire.SettingsReply, {}, /^invalid: settings/],
  [
    'no JSON',
    codecs.settingsReply,
    wire.SettingsReply,
    { settings: { ...settings, data: '{' } },
    /^invalid: data: .*JSON/,
  ],
  ['too much JSON', codecs.settingsReply, wire.SettingsReply, long(), /^invalid: definition: expected at most 1048576/],
  [
    'a run that is none',
    codecs.settingsReply,
    wire.SettingsReply,
    { settings: { ...settings, run: '>' } },
    /^invalid: run/,
  ],
  ...['/home/alice', 'a//b', 'a/', '..', ''].map((run) => [
    `the run "${run}"`,
    codecs.settingsReply,
    wire.SettingsReply,
    { settings: { ...settings, run } },
    /^invalid: run/,
  ]),
  ...['/home/alice', 'a/b'].map((run) => [
    `a submitted run "${run}"`,
    codecs.submitReply,
    wire.SubmitReply,
    { accepted: { run } },
    /^invalid: run: expected 1 to 200 letters, digits/,
  ]),
  [
    'a long reason',
    codecs.leaveNotice,
    wire.LeaveNotice,
    { workerId: 'w', reason: 'x'.repeat(4_001) },
    /^invalid: reason/,
  ],
  ['a harmful count', codecs.workerBeat, wire.WorkerBeat, { ...join, refused: harmful() }, /^invalid: refused/],
  [
    'a lease for no time',
    codecs.workReply,
    wire.WorkReply,
    { lease: { ...advance, durationMs: NaN } },
    /^invalid: durationMs/,
  ],
  ['a lease of no task', codecs.workReply, wire.WorkReply, { lease: { ...advance, task: {} } }, /^invalid: task/],
  [
    'no steps',
    codecs.workReply,
    wire.WorkReply,
    { lease: { ...advance, task: { advance: {} } } },
    /^invalid: numSteps/,
  ],
  ['no pass', codecs.workReply, wire.WorkReply, { lease: { ...advance, task: { pass: {} } } }, /^invalid: part/],
  ['a backward probe', codecs.workReply, wire.WorkReply, { lease: { ...advance, task: backward() } }, /^invalid: from/],
  ['question 0', codecs.workRequest, wire.WorkRequest, { workerId: 'w', role: 1 }, /^invalid: ask/],
  ['a result of nobody', codecs.failureResult, wire.FailureResult, {}, /^invalid: origin/],
  ['no verdict', codecs.workReceipt, wire.WorkReceipt, {}, /^invalid: verdict/],
  ['no status', codecs.cancelReply, wire.CancelReply, {}, /^invalid: status/],
  ['a path out', codecs.filesReply, wire.FilesReply, { files: [{ ...file, path: 'a/../../b' }] }, /^invalid: path/],
  ['an absolute path', codecs.readRequest, wire.ReadRequest, { run: 'r', path: '/etc/passwd' }, /^invalid: path/],
  ['a drive', codecs.readRequest, wire.ReadRequest, { run: 'r', path: 'c:\\a' }, /^invalid: path/],
  ['no SHA-256', codecs.filesReply, wire.FilesReply, { files: [{ ...file, sha256: 'a' }] }, /^invalid: sha256/],
] as [string, Codec<unknown>, { encode(fields: object): { finish(): Uint8Array } }, object, RegExp][])(
  '%s is refused',
  (_, codec, type, fields, message) => {
    expect(refusal(codec, type.encode(fields))).toMatch(message);
  },
);

test('bytes that are no protobuf are refused as such', () => {
  const received: Received = { head: Uint8Array.of(0xff, 0xff), body: nothing };
  expect(() => codecs.joinReply.decode(received)).toThrow(expect.objectContaining({ reason: 'undecodable' }));
});

function long() {
  return { settings: { ...settings, definition: `"${' '.repeat(1 << 20)}"` } };
}

function countless() {
  const refused = Object.fromEntries(Array.from({ length: 33 }, (_, reason) => [`reason ${reason}`, 1]));
  return { workerId: 'w', role: 1, refused };
}

function harmful() {
  return Object.fromEntries([['__proto__', 1]]);
}

function backward() {
  return { probe: { split: 1, attack: 'clean', from: 2, to: 1 } };
}
