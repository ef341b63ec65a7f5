import { execFileSync } from 'node:child_process';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ConfigError, checkAgainstData, resolveConfig } from '../dist/index.js';
import { faultsOf } from './faults.ts';
import { scratchFolder } from './scratch-folder.ts';

const resolved = (recipe: string, ...set: string[]) => resolveConfig({ recipeOrFile: recipe, set }).config;

describe('resolveConfig', () => {
  it('fills every option once', () => {
    const file = join(scratchFolder(), 'small.yaml');
    writeFileSync(
      file,
      'model: { kind: mlp, layers: [{ units: 4, keep: .5 }] }\nattack: { kind: pgd, iterations: 10 }\n',
    );
    const config = resolved(file);
    expect(config).toMatchObject({
      name: 'small',
      seed: 0,
      engine: 'auto',
      trainers: null,
      twin: null,
      earlyStop: null,
    });
    expect(config).toMatchObject({ stepsPerCall: 8, checkpointEveryMs: 30_000, maxSteps: null });
    expect(config.model).toEqual({
      ...{ kind: 'mlp', activation: 'relu', layers: [{ units: 4, keep: 0.5, scale: 2 }] },
      ...{ inputKeep: 1, inputScale: 1, init: { kind: 'glorot' } },
    });
    expect(config.attack).toMatchObject({ epsilon: 0.25, stepSize: 0.0625, randomStart: true, label: 'true' });
    expect(config.optimizer.momentum).toEqual({ kind: 'constant', value: 0.5 });
    expect(config.evaluation).toMatchObject({ epsilon: 0.25, clip: true, pgdIterations: 20, pgdStepSize: 0.03125 });
  });

  it('sets dotted keys to YAML values, in order, and in lists by index', () => {
    const config = resolved(
      'demo',
      ...['batch=512', 'attack.epsilon=.1', 'optimizer.learningRate={kind: linear, from: .2, to: 0}'],
      ...['model.layers.1.units=64', 'data.limit=1000', 'twin=false', 'attack.label=true', 'batch=256'],
    );
    expect(config.batch).toBe(256);
    expect(config.attack).toMatchObject({ epsilon: 0.1, stepSize: 0.1, label: 'true' });
    expect(config.optimizer.learningRate).toEqual({ kind: 'linear', from: 0.2, to: 0 });
    expect(config.model).toMatchObject({ layers: [{ units: 128 }, { units: 64 }] });
    expect(config.data).toEqual({ set: 'mnist', validation: 10_000, limit: 1000 });
    expect(config.twin).toBeNull();
  });

  it('lets the options of the command line win, and leaves alone those not given', () => {
    const overrides = { seed: 7, trainers: undefined, 'attack.epsilon': 0.2 };
    const { config } = resolveConfig({ recipeOrFile: 'demo', set: ['seed=3', 'trainers=2'], overrides });
    expect(config).toMatchObject({ seed: 7, trainers: 2, attack: { epsilon: 0.2 } });
  });

  it('lists every fault at once, with its path, what it got and what it takes', () => {
    const faults = faultsOf(
      'demo',
      'attack.epsilon=-1',
      'shards=3',
      'model.layers.1.keep=0',
      'batsh=5',
      'engine=onx:cpu',
    );
    expect(faults).toEqual(
      expect.arrayContaining([
        { path: 'attack.epsilon', got: '-1', takes: 'a number of at least 0', hint: null },
        { path: 'shards', got: '3', takes: 'a number that divides batch (100)', hint: '2 does' },
        { path: 'model.layers.1.keep', got: '0', takes: 'a number above 0 and at most 1', hint: null },
        expect.objectContaining({ path: 'batsh', hint: 'unknown option; did you mean batch?' }),
        expect.objectContaining({ path: 'engine', got: '"onx:cpu"', hint: 'did you mean onnx:cpu?' }),
      ]),
    );
    expect(faults).toHaveLength(5);
  });

  it.each([
    ['epsilon=.1', 'epsilon', 'unknown option; did you mean attack.epsilon?'],
    ['model.layers.0.unit=3', 'model.layers.0.unit', 'unknown option; did you mean model.layers.0.units?'],
    ['model.kind=softmax', 'model.layers', 'not an option of this kind'],
    ['attack.epsilon=8/255', 'attack.epsilon', `write ${8 / 255}`],
    ['attack.iterations=5', 'attack.iterations', 'kind: pgd takes smaller steps, more of them, or a random start'],
  ])('says of %s what was probably meant', (assignment, path, hint) => {
    expect(faultsOf('demo', assignment)).toEqual([expect.objectContaining({ path, hint })]);
  });

  it.each([
    ['alpha=1.5', 'alpha'],
    ['epochs=0', 'epochs'],
    ['staleness=-1', 'staleness'],
    ['batch=50001', 'batch'],
    ['replicas=0', 'replicas'],
    ['localSteps=0', 'localSteps'],
    ['momentumBetweenRounds=keep', 'momentumBetweenRounds'],
    ['maxGradientNorm=0', 'maxGradientNorm'],
    ['allowMixedHardware=1', 'allowMixedHardware'],
    ['data.limit=50001', 'data.limit'],
    ['data.validation=60000', 'data.validation'],
    ['attack.iterations=0', 'attack.iterations'],
    ['attack.bounds=[1, 0]', 'attack.bounds'],
    ['model={kind: logistic}', 'data.classes'],
    ['data.classes=[3, 3]', 'data.classes'],
    ['data=mnst', 'data'],
    ['data={folder: /no/such}', 'data.folder'],
    ['model=./no-such.js', 'model'],
    ['model.inputScale=2', 'model.inputScale'],
    ['optimizer.momentum={kind: linear, from: .5, to: .7, fromEpoch: 9, toEpoch: 9}', 'optimizer.momentum.fromEpoch'],
    ['optimizer.momentum=-.1', 'optimizer.momentum'],
    ['optimizer.l2={a: x}', 'optimizer.l2.a'],
    ['earlyStop.on=error', 'earlyStop.on'],
    ['seed=', 'seed'],
    ['seed', '--set'],
    ['seed=[', '--set'],
    ['name=a/b', 'name'],
  ])('refuses %s', (assignment, path) => {
    expect(faultsOf('demo', assignment).map((fault) => fault.path)).toEqual([path]);
  });

  it('tells at once what several replicas do not go with', () => {
    expect(faultsOf('demo', 'replicas=501', 'staleness=1')).toEqual([
      {
        ...{ path: 'replicas', got: '501', hint: null },
        takes: 'at most 500: each takes 100 of the 50000 examples of the training split in a step',
      },
      {
        ...{ path: 'localSteps', got: 'null', takes: 'a whole number of at least 1 where there are 501 replicas' },
        hint: 'for example --set localSteps=64',
      },
      {
        ...{ path: 'staleness', got: '1', takes: '0 where there are 501 replicas' },
        hint: 'each replica attacks its own newest parameters',
      },
    ]);
    expect(resolved('demo', 'replicas=500', 'localSteps=3')).toMatchObject({ momentumBetweenRounds: 'average' });
    expect(resolved('demo', 'localSteps=8', 'staleness=2').replicas).toBe(1);
  });

  it('asks for probes where a collapse is to lead to something, and for examples to probe', () => {
    expect(faultsOf('demo', 'onCollapse=rollback')).toEqual([
      {
        ...{ path: 'onCollapse', got: '"rollback"', takes: 'warn where probeEvery is null: nothing is probed' },
        hint: 'for example --set probeEvery=200',
      },
    ]);
    expect(faultsOf('demo', 'probeEvery=10', 'data.validation=0')).toMatchObject([
      { path: 'data.validation', got: '0', takes: 'at least 1 where robustness is probed' },
    ]);
    expect(faultsOf('demo', 'probeEvery=0', 'onCollapse=hope', 'probe.growth=0')).toMatchObject([
      { path: 'probeEvery', takes: 'a whole number of at least 1' },
      { path: 'probe.growth', takes: 'a number above 0' },
      { path: 'onCollapse', takes: 'one of warn, stop, rollback' },
    ]);
    expect(resolved('demo', 'probeEvery=100')).toMatchObject({
      ...{ probeEvery: 100, probe: { examples: 500, growth: 0.2 }, onCollapse: 'warn' },
    });
  });

  it('never lets an assignment reach a prototype', () => {
    expect(faultsOf('demo', '__proto__.polluted=1')[0]?.path).toBe('--set');
    expect(faultsOf('demo', 'constructor.prototype.polluted=1')[0]?.path).toBe('constructor');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('names the nearest recipe and lists them all', () => {
    expect(faultsOf('dmo')).toEqual([
      expect.objectContaining({ path: 'recipe', got: '"dmo"', hint: 'did you mean demo?' }),
    ]);
    expect(faultsOf('dmo')[0]?.takes).toContain('maxout-240');
    expect(faultsOf('no/such.yaml')[0]?.hint).toMatch(/no such file/);
  });

  it('names file, line and column of what is not YAML', () => {
    const file = join(scratchFolder(), 'broken.yaml');
    writeFileSync(file, 'batch: 100\nmodel: {kind: softmax\nseed: 1\n');
    expect(faultsOf(file)[0]?.path).toMatch(/broken\.yaml:[23]:\d+$/);
    writeFileSync(file, '- 1\n');
    expect(faultsOf(file)[0]).toMatchObject({ path: `${file}:1:1`, got: '[1]' });
  });

  it("finds a file's model and data beside the file, and the command line's where it is typed", () => {
    const folder = scratchFolder();
    mkdirSync(join(folder, 'idx'));
    writeFileSync(join(folder, 'my-model.js'), 'export const init = 1;\n');
    writeFileSync(join(folder, 'own.yaml'), 'model: ./my-model.js\ndata: { folder: idx }\n');
    const { config } = resolveConfig({ recipeOrFile: join(folder, 'own.yaml') });
    expect(config.model).toMatchObject({ kind: 'file', path: join(folder, 'my-model.js') });
    expect(config.data).toEqual({ set: 'folder', folder: join(folder, 'idx'), validation: 10_000 });
    const typed = resolveConfig({ recipeOrFile: 'demo', set: ['model=my-model.js'], cwd: folder }).config;
    expect(typed.model).toEqual(config.model);
  });

  it('notices that a module has changed since its hash was written', () => {
    const folder = scratchFolder();
    writeFileSync(join(folder, 'm.js'), '');
    const set = `model={kind: file, path: ${join(folder, 'm.js')}, sha256: ab}`;
    const faults = faultsOf('demo', set);
    expect(faults[0]).toMatchObject({ path: 'model', hint: 'the file has changed since' });
    expect(JSON.stringify(faults)).not.toMatch(/[0-9a-f]{64}/);
  });

  it('reads no module that is a folder, a pipe, or larger than 4 MB', () => {
    const folder = scratchFolder();
    const [pipe, large] = [join(folder, 'pipe'), join(folder, 'large.js')];
    execFileSync('mkfifo', [pipe]);
    writeFileSync(large, '');
    truncateSync(large, 4 * 1024 * 1024 + 1);
    for (const path of [folder, pipe, large]) {
      expect(faultsOf('demo', `model=${path}`)[0]).toMatchObject({
        path: 'model',
        takes: expect.stringMatching(/4 MB at most/),
      });
    }
  });
});

describe('checkAgainstData', () => {
  const data = (train: number, classes = 10, validation = 5) => ({
    ...{ classes, train: { size: train }, validation: { size: validation } },
  });

  it('accepts data that fit', () => {
    expect(() => checkAgainstData(resolved('demo'), data(100))).not.toThrow();
    expect(() => checkAgainstData(resolved('logistic-3v7'), data(100, 2))).not.toThrow();
    expect(() => checkAgainstData(resolved('demo', 'replicas=2', 'localSteps=1'), data(200))).not.toThrow();
  });

  it('lists what the loaded data show to be wrong, as the same kind of faults', () => {
    expect.assertions(1);
    try {
      checkAgainstData(resolved('logistic-3v7', 'earlyStop={}'), data(99, 3, 0));
    } catch (error) {
      expect((error as ConfigError).faults.map((fault) => fault.path)).toEqual([
        'batch',
        'data.validation',
        'data.classes',
      ]);
    }
  });

  it('refuses more replicas than a step of the loaded data feeds', () => {
    const refused = () => checkAgainstData(resolved('demo', 'replicas=2', 'localSteps=1'), data(199));
    expect(refused).toThrow(/replicas.*at most 1: each takes 100 of the 199/s);
  });
});
