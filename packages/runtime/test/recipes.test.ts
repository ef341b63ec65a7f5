import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  configSchema,
  listRecipes,
  publishedFigures,
  recipesFolder,
  resolveConfig,
  retrainConfig,
  selectionConfig,
  twinConfig,
} from '../dist/index.js';

const resolved = (recipe: string, ...set: string[]) => resolveConfig({ recipeOrFile: recipe, set }).config;

describe('recipes', () => {
  const recipes = listRecipes();

  it('are these', () => {
    const names = [
      'collapse',
      'demo',
      'logistic-3v7',
      'maxout-1600',
      'maxout-1600-paper',
      'maxout-240',
      'maxout-240-protocol',
      'pgd',
      'relu',
      'softmax',
    ];
    expect(recipes.map((recipe) => recipe.name)).toEqual(names);
  });

  it.each(recipes)(
    '$name says what it shows and what it costs, and its own name',
    ({ name, file, description, estimate }) => {
      expect(description).not.toBe('');
      expect(estimate).not.toBe('');
      expect(resolved(name).name).toBe(name);
      const text = readFileSync(file, 'utf8');
      expect(text).toMatch(/^# yaml-language-server: \$schema=\.\/sparring\.schema\.json\n/);
      expect(text).toMatch(/^# Source: .*^# Expected: .*^# cost: /ms);
    },
  );

  it("demo's net trains 8 epochs and its twin 5, without an adversary, all else equal", () => {
    const demo = resolved('demo');
    const twin = twinConfig(demo);
    expect(demo).toMatchObject({ alpha: 0.5, epochs: 8, attack: { epsilon: 0.25, clip: true } });
    expect(twin).toEqual({ ...demo, name: 'demo-twin', alpha: 1, epochs: 5, twin: null });
    expect(twinConfig(twin!)).toBeNull();
  });

  it("maxout-1600-paper is maxout-1600 by the paper's protocol, with its figure", () => {
    const paper = resolved('maxout-1600-paper');
    expect(paper).toEqual({ ...resolved('maxout-1600'), name: 'maxout-1600-paper', retrain: true });
    expect(paper.earlyStop).toEqual({ on: 'adversarialError', patience: 100 });
    expect(publishedFigures('maxout-1600-paper')).toMatchObject({ clean: 0.00782 });
    expect(publishedFigures('demo')).toBeNull();
  });

  it('who trains again does so on all examples, for the epochs that were best, by the same schedules', () => {
    const config = resolved('maxout-240-protocol');
    expect(config).toMatchObject({ retrain: true, earlyStop: { on: 'adversarialError' } });
    expect(selectionConfig(config)).toMatchObject({ retrain: false, earlyStop: config.earlyStop, data: config.data });
    const again = retrainConfig(config, 7, 120);
    expect(again).toEqual({
      ...config,
      data: { set: 'mnist', validation: 0, limit: 6000 },
      ...{ retrain: false, earlyStop: null, maxSteps: 840 },
    });
    expect(retrainConfig(resolved('maxout-1600-paper'), 1, 600).data).toEqual({ set: 'mnist', validation: 0 });
    const never = { recipeOrFile: 'demo', set: ['retrain=true'] };
    expect(() => resolveConfig(never)).toThrow('retrain: got true; takes false where training does not stop early');
    // Only the first training can be probed.
    const probed = resolved('maxout-240-protocol', 'probeEvery=100');
    expect(selectionConfig(probed)).toMatchObject({ probeEvery: 100 });
    expect(retrainConfig(probed, 7, 120)).toMatchObject({ probeEvery: null, onCollapse: 'warn' });
    const rolledBack = { recipeOrFile: 'maxout-240-protocol', set: ['probeEvery=100', 'onCollapse=rollback'] };
    expect(() => resolveConfig(rolledBack)).toThrow('takes warn where the net is trained anew (retrain)');
  });

  it('the twin of a net with replicas has as many, in rounds as long, so that they compare', () => {
    const rounds = { replicas: 2, localSteps: 64, momentumBetweenRounds: 'reset' };
    const { config } = resolveConfig({ recipeOrFile: 'demo', overrides: rounds });
    expect(twinConfig(config)).toMatchObject(rounds);
  });

  it('maxout-240 is the recipe of the paper', () => {
    expect(resolved('maxout-240')).toMatchObject({
      model: {
        ...{ kind: 'maxout', inputKeep: 0.8, inputScale: 1, init: { kind: 'uniform', range: 0.005 } },
        layers: [
          { units: 240, pieces: 5, keep: 0.5, scale: 2 },
          { units: 240, pieces: 5, keep: 0.5, scale: 2 },
        ],
      },
      ...{ alpha: 0.5, batch: 100, shards: 2, attack: { kind: 'fgsm', epsilon: 0.25, clip: false } },
      optimizer: {
        learningRate: { kind: 'exponential', initial: 0.1, divideBy: 1.000004, minimum: 1e-6 },
        momentum: { kind: 'linear', from: 0.5, to: 0.7, fromEpoch: 1, toEpoch: 250 },
        ...{ nesterov: false, maxColumnNorm: 1.9365 },
      },
      earlyStop: { on: 'cleanError', patience: 100 },
      evaluation: { clip: false, validationExamples: null },
    });
  });
});

describe('sparring.schema.json', () => {
  it('is the schema of today (else: node packages/runtime/dist/config/write-json-schema.js)', () => {
    const written = JSON.parse(readFileSync(join(recipesFolder, 'sparring.schema.json'), 'utf8')) as unknown;
    expect(written).toEqual(JSON.parse(JSON.stringify(configSchema())));
  });

  it('describes the options and refuses unknown ones', () => {
    const schema = configSchema() as {
      properties: Record<string, object>;
      required: string[];
      additionalProperties: boolean;
    };
    expect(schema.properties.alpha).toMatchObject({ type: 'number', minimum: 0, maximum: 1 });
    expect(schema.required).toEqual(['model']);
    expect(schema.additionalProperties).toBe(false);
  });
});
