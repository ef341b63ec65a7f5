import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join, relative } from 'node:path';
import { ConfigError, ModelPlaces, parseConfigYaml } from '../dist/index.js';
import { scratchFolder } from './scratch-folder.ts';

const folder = scratchFolder();
const at = (...path: string[]) => join(folder, ...path);
for (const name of ['models', 'models/deep', 'models-of-others', 'more']) mkdirSync(at(name));
for (const name of ['models/a.js', 'models/deep/b.js', 'models-of-others/c.js', 'more/d.js', 'e.js'])
  writeFileSync(at(name), '');
symlinkSync(at('e.js'), at('models/link-out.js'));
symlinkSync(at('models'), at('link-in'));

const loads = (places: ModelPlaces, path: string) => places.fault({ kind: 'file', path, sha256: '' }) === null;

test('a model is loaded from the folders that are named, and from below them, and from nowhere else', () => {
  const places = ModelPlaces.of([at('models')]);
  for (const path of [at('models/a.js'), at('models/deep/b.js'), at('link-in/a.js'), at('models/to-come.js')])
    expect([path, loads(places, path)]).toEqual([path, true]);
  expect(loads(places, relative('.', at('models/a.js')))).toBe(true);
  const outside = ['models-of-others/c.js', 'e.js', 'models/../e.js', 'models/link-out.js', 'models/../none.js'];
  for (const path of outside.map((name) => `${folder}/${name}`))
    expect([path, loads(places, path)]).toEqual([path, false]);
});

test('a single file may be named, and folders in the environment', () => {
  const places = ModelPlaces.of([at('e.js')], { SPARRING_MODELS: [at('more'), at('link-in')].join(delimiter) });
  expect([at('e.js'), at('more/d.js'), at('models/a.js')].map((path) => loads(places, path))).toEqual([
    true,
    true,
    true,
  ]);
  expect(loads(places, at('models-of-others/c.js'))).toBe(false);
});

test('where nothing is named no file is loaded, and models that are no files all the same', () => {
  const places = ModelPlaces.of();
  expect(loads(places, at('models/a.js'))).toBe(false);
  expect(places.fault({ kind: 'softmax', init: { kind: 'zeros' } })).toBeNull();
});

test('a folder that is not there is told to whoever names it', () => {
  expect(() => ModelPlaces.of([at('none')], { SPARRING_MODELS: 'neither' })).toThrow(ConfigError);
  expect(() => ModelPlaces.of([at('none')], { SPARRING_MODELS: 'neither' })).toThrow(
    /2 faults.*--models: got ".*none".*SPARRING_MODELS: got "neither"/s,
  );
});

test('a refusal says how to allow it, and not whether the file is there', () => {
  const refusal = (path: string) => {
    try {
      parseConfigYaml(`model: ${path}`, 'submitted', ModelPlaces.of([at('models')]));
    } catch (error) {
      return (error as Error).message.replace(path, '…');
    }
    throw new Error('expected a refusal');
  };
  expect(refusal(at('e.js'))).toMatch(
    /^1 fault.*\n {2}model: got "…"; takes .*allowed: .*models \(.*--models FOLDER or/,
  );
  expect(refusal(at('none.js'))).toBe(refusal(at('e.js')));
  expect(refusal('/dev/zero')).toBe(refusal(at('e.js')));
});
