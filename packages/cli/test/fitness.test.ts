import { ModelPlaces, resolveConfig } from '@sparring/runtime';
import { codeHash, newRecord, type SweepRecord } from '@sparring/sweep';
import { Fitness } from '../dist/sweep/cluster/fitness.js';
import { SharedData } from '../dist/sweep/shared-data.js';

const data = new SharedData();
const set = ['data={ set: synthetic, synthetic: { train: 300, test: 100, side: 8, classes: 4 }, validation: 100 }'];
const { config } = resolveConfig({ recipeOrFile: 'softmax', set, overrides: { engine: 'onnx:cpu' } });

async function recordOf(changes: { config?: object; code?: string; dataChecksum?: string } = {}): Promise<SweepRecord> {
  const { checksum } = await data.load(config.data);
  const own = { ...config, ...changes.config };
  return newRecord({
    ...{ name: 'one', source: 'softmax', grid: [], seeds: [0] },
    configurations: [{ label: 'one', config: own, dataChecksum: changes.dataChecksum ?? checksum }],
    ...{
      code: changes.code ?? (await codeHash()),
      engine: 'onnx:cpu',
      baseline: null,
      failFast: false,
      maxAttempts: 3,
    },
    ...{ prune: null, published: null },
  });
}
const fitness = () => new Fitness(ModelPlaces.of(), data);

it('computes what comes to the same bits here', async () => {
  expect(await fitness().fault(await recordOf(), 0)).toBeNull();
});

it.each<[string, Parameters<typeof recordOf>[0], RegExp]>([
  ['another build', { code: 'other' }, /another build/],
  ['other data', { dataChecksum: 'other' }, /the data here are others/],
  [
    'data that are not there',
    { config: { data: { ...config.data, set: 'folder', folder: '/nowhere' } } },
    /cannot be read/,
  ],
  [
    'a model that is not allowed',
    { config: { model: { kind: 'file', path: '/tmp/m.js', sha256: 'a' } } },
    /not allowed/,
  ],
  ['an engine that is not there', { config: { engine: 'onnx:cuda' } }, /onnx:cuda is not there/],
])('leaves %s to others, and says why', async (_, changes, reason) => {
  expect(await fitness().fault(await recordOf(changes), 0)).toMatch(reason);
});
