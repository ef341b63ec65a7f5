import { ModelPlaces, resolveConfig } from '@sparring/runtime';
import { inspectRecord } from '../dist/cluster/inspect-record.js';
import { newRecord, type SweepRecord } from '../dist/index.js';

const place = { code: 'code', models: ModelPlaces.of() };
const { config } = resolveConfig({ recipeOrFile: 'softmax' });
const record = newRecord({
  ...{ name: 'many', source: 'softmax', grid: [], seeds: [0, 1] },
  configurations: [{ label: 'many', config, dataChecksum: 'data' }],
  ...{ code: 'code', engine: 'onnx:cpu', baseline: null, failFast: false, maxAttempts: 3, prune: null },
  published: null,
});
const inspect = (sent: unknown) => inspectRecord(new TextEncoder().encode(JSON.stringify(sent)), place);
const withConfig = (changes: object): SweepRecord =>
  newRecord({
    ...record,
    configurations: [{ label: 'many', config: { ...config, ...changes }, dataChecksum: 'data' }],
  });

it('takes a record as it was made', () => {
  expect(inspect(record)).toEqual(record);
});

it.each<[string, unknown, RegExp]>([
  ['no JSON object', 7, /not the record of a sweep/],
  ['null', null, /not the record/],
  ['another format', { ...record, format: 'sparring-sweep/9' }, /of this version/],
  ['no seeds', { ...record, seeds: [] }, /seeds/],
  ['a seed that is none', { ...record, seeds: [0, -1] }, /seeds/],
  ['no configuration', { ...record, configurations: [] }, /no configuration/],
  ['too many runs', { ...record, seeds: Array.from({ length: 100_001 }, (_, seed) => seed) }, /takes 100000 at most/],
  ['attempts that are none', { ...record, maxAttempts: 0 }, /maxAttempts/],
  ['another build', { ...record, code: 'other' }, /different builds/],
  ['another id', { ...record, id: 'many-00000000' }, /its id is not/],
  ['a configuration with a fault', withConfig({ epochs: -1 }), /epochs/],
  ['an option that there is not', withConfig({ epoch: 7 }), /epoch/],
  ['a model that is not allowed', withConfig({ model: { kind: 'file', path: '/etc/passwd', sha256: 'a' } }), /allow/],
])('refuses %s', (_, sent, reason) => {
  expect(inspect(sent)).toMatch(reason);
});
