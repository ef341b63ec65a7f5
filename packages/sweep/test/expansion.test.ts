import { resolveConfig } from '@sparring/runtime';
import {
  checkAxes,
  combinations,
  configurationHash,
  expand,
  parseAxis,
  parseSeeds,
  runIdentity,
  showSeeds,
} from '../dist/index.js';

const config = (...set: string[]) => resolveConfig({ recipeOrFile: 'demo', set }).config;

describe('seeds', () => {
  it('are read from ranges and single ones, in the order written', () => {
    expect(parseSeeds('0..3')).toEqual([0, 1, 2, 3]);
    expect(parseSeeds('7, 1..2,4294967295')).toEqual([7, 1, 2, 4294967295]);
    expect(showSeeds(parseSeeds('0..4,10,20..21'))).toBe('0..4,10,20..21');
  });

  it.each(['', '3..1', '1,1', '0..5,3', '-1', '1.5', '4294967296', '0..99999999', 'all'])('%p is refused', (text) => {
    expect(() => parseSeeds(text)).toThrow(/--seeds: got .*; takes seeds such as 0\.\.99/);
  });
});

describe('a grid', () => {
  it('keeps the commas that belong to a value', () => {
    expect(parseAxis('data.classes=[3,7],[1, 2]')).toEqual({ key: 'data.classes', values: ['[3,7]', '[1, 2]'] });
    expect(parseAxis('name="a,b",c').values).toEqual(['"a,b"', 'c']);
  });

  it('is all combinations of its values, the last axis varying fastest', () => {
    const axes = [parseAxis('alpha=.3,1'), parseAxis('batch=10,20')];
    expect(combinations(axes)).toEqual([
      ['alpha=.3', 'batch=10'],
      ['alpha=.3', 'batch=20'],
      ['alpha=1', 'batch=10'],
      ['alpha=1', 'batch=20'],
    ]);
    expect(combinations([])).toEqual([[]]);
  });

  it.each(['alpha', '=1', 'alpha=', 'alpha=1,', 'alpha=1,1', 'seed=1,2'])('%p is refused', (text) => {
    expect(() => parseAxis(text)).toThrow(/--grid: got /);
  });

  it('varies an option once', () => {
    expect(() => checkAxes([parseAxis('alpha=1'), parseAxis('alpha=.5')])).toThrow(/--grid: got alpha/);
  });
});

describe('the runs of a sweep', () => {
  const record = {
    configurations: [config(), config('alpha=1')].map((own, n) => ({
      label: `${n}`,
      config: own,
      dataChecksum: 'data',
    })),
    seeds: [4, 2],
    code: 'code',
  };

  it('are every configuration with one seed, then with the next', () => {
    const runs = expand(record);
    expect(runs.map(({ number, configuration, seed }) => [number, configuration, seed])).toEqual([
      [0, 0, 4],
      [1, 1, 4],
      [2, 0, 2],
      [3, 1, 2],
    ]);
    expect(new Set(runs.map(({ folder }) => folder)).size).toBe(4);
    for (const { folder, seed, identity } of runs) expect(folder).toBe(`demo-s${seed}-${identity.slice(0, 16)}`);
  });

  it('are known by all that decides what they come to', () => {
    const given = { configuration: 'c', dataChecksum: 'd', code: 'e', seed: 1 };
    const all = [given, ...Object.keys(given).map((key) => ({ ...given, [key]: key === 'seed' ? 2 : 'x' }))];
    expect(new Set(all.map(runIdentity)).size).toBe(5);
    expect(runIdentity(given)).toBe(runIdentity({ ...given }));
  });
});

describe('a configuration', () => {
  it.each([
    'seed=3',
    'trainers=2',
    'attackers=1',
    'stepsPerCall=2',
    'checkpointEverySeconds=1',
    'attack.placement=fused',
  ])('is the same one with %s', (assignment) => {
    expect(configurationHash(config(assignment))).toBe(configurationHash(config()));
  });

  it.each([
    'alpha=.4',
    'epochs=3',
    'maxSteps=4',
    'twin=false',
    'evaluation.pgdIterations=3',
    'engine=tfjs:cpu',
    'name=x',
  ])('is another one with %s', (assignment) => {
    expect(configurationHash(config(assignment))).not.toBe(configurationHash(config()));
  });
});
