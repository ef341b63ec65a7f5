import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configDigest, resolveConfig } from '../dist/index.js';
import { scratchFolder } from './scratch-folder.ts';

const digestOf = (...set: string[]) => configDigest(resolveConfig({ recipeOrFile: 'demo', set }).config);

describe('configDigest', () => {
  it('is 64 hex digits', () => {
    expect(digestOf()).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    ...['name=other', 'engine=tfjs:cpu', 'trainers=4', 'attackers=2', 'stepsPerCall=1', 'attack.placement=split'],
    ...['twin=false', 'evaluation.pgdIterations=5', 'evaluation.epsilon=.1', 'checkpointEverySeconds=1', 'maxSteps=10'],
    ...['maxGradientNorm=5', 'allowMixedHardware=true', 'localSteps=8', 'momentumBetweenRounds=reset'],
    ...['probeEvery=100', 'probe.growth=.1'],
  ])('does not depend on %s, which changes no bit of the parameters', (assignment) => {
    expect(digestOf(assignment)).toBe(digestOf());
  });

  it.each([
    ...[
      'seed=1',
      'alpha=.3',
      'epochs=13',
      'batch=50',
      'shards=2',
      'staleness=1',
      'data.limit=1000',
      'data.classes=[3,7]',
    ],
    ...['model.layers.0.units=64', 'attack.epsilon=.2', 'attack.clip=false', 'attack.sameMasks=true'],
    ...['optimizer.momentum=.9', 'optimizer.l2=.1', 'earlyStop={}'],
  ])('depends on %s', (assignment) => {
    expect(digestOf(assignment)).not.toBe(digestOf());
  });

  it('depends on how several replicas advance and are averaged', () => {
    const replicated = (...set: string[]) => digestOf('replicas=2', 'localSteps=8', ...set);
    const others = [[], ['replicas=3'], ['localSteps=16'], ['momentumBetweenRounds=reset']].map((set) =>
      replicated(...set),
    );
    expect(new Set([digestOf(), ...others]).size).toBe(5);
  });

  it('is, of a configuration with one replica, what it was before there were several', () => {
    const set = ['model={kind: softmax}', 'data=synthetic', 'name=any'];
    const { config } = resolveConfig({ recipeOrFile: 'softmax', set });
    expect(configDigest(config)).toBe('e94aeffad0dac2cb674f3a7bcc73742b0f3a1a45b4a4030862f9e301243bcd70');
  });

  it('depends on probes where a collapse stops the run or rolls it back, and on all that they decide by', () => {
    const guarded = (...set: string[]) => digestOf('probeEvery=100', 'onCollapse=rollback', ...set);
    const decisive = [
      'probeEvery=50',
      'onCollapse=stop',
      'probe.growth=.1',
      'probe.examples=9',
      'evaluation.pgdIterations=5',
    ];
    const digests = [digestOf(), guarded(), ...decisive.map((set) => guarded(set))];
    expect(new Set(digests).size).toBe(digests.length);
    expect(guarded('evaluation.validationExamples=7')).toBe(guarded());
    expect(digestOf('probeEvery=100', 'onCollapse=warn', 'probe.growth=.1')).toBe(digestOf());
  });

  it('depends on what early stopping decides by, where it is on', () => {
    const stopping = (...set: string[]) => digestOf('earlyStop={on: adversarialError}', ...set);
    expect(stopping('evaluation.epsilon=.1')).not.toBe(stopping());
    expect(stopping('evaluation.validationExamples=100')).not.toBe(stopping());
    expect(stopping('evaluation.pgdIterations=5')).toBe(stopping());
  });

  it('knows a module by its content, and a folder of data not by its place', () => {
    const folder = scratchFolder();
    for (const name of ['a', 'b']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'a/m.js'), '1');
    copyFileSync(join(folder, 'a/m.js'), join(folder, 'b/m.js'));
    const own = (name: string) => digestOf(`model=${folder}/${name}/m.js`, `data={folder: ${folder}/${name}}`);
    const before = own('a');
    expect(own('b')).toBe(before);
    writeFileSync(join(folder, 'b/m.js'), '2');
    expect(own('b')).not.toBe(before);
  });
});
