import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configSchema, listRecipes, recipesFolder, resolveConfig, twinConfig } from '../dist/index.js';

const resolved = (recipe: string) => resolveConfig({ recipeOrFile: recipe }).config;

describe('recipes', () => {
  const recipes = listRecipes();

  it('are these', () => {
    const names = ['collapse', 'demo', 'logistic-3v7', 'maxout-1600', 'maxout-240', 'pgd', 'relu', 'softmax'];
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
