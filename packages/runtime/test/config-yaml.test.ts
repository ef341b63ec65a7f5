import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listRecipes, readConfigYaml, resolveConfig, writeConfigYaml } from '../dist/index.js';
import { scratchFolder } from './scratch-folder.ts';

describe('writeConfigYaml', () => {
  const readBack = (text: string) => {
    const file = join(scratchFolder(), 'config.yaml');
    writeFileSync(file, text);
    return readConfigYaml(file);
  };

  it.each(listRecipes().map((recipe) => recipe.name))('writes %s so that it reads back identically', (recipeOrFile) => {
    const { config } = resolveConfig({ recipeOrFile });
    expect(readBack(writeConfigYaml(config))).toEqual(config);
  });

  it('reads back a module, a synthetic set, and numbers that YAML could bend', () => {
    const folder = scratchFolder();
    writeFileSync(join(folder, 'm.js'), '');
    const set = [
      `model=${join(folder, 'm.js')}`,
      'data=synthetic',
      'name="1e3"',
      'attack.epsilon=1e-7',
      'earlyStop={}',
    ];
    const { config } = resolveConfig({
      recipeOrFile: 'pgd',
      set: [...set, 'checkpointEverySeconds=.5', 'optimizer.l1=.0025'],
    });
    expect(config).toMatchObject({ name: '1e3', checkpointEveryMs: 500, optimizer: { l1: { '*': 0.0025 } } });
    expect(readBack(writeConfigYaml(config))).toEqual(config);
  });

  it('begins with a comment that names the version', () => {
    const { config } = resolveConfig({ recipeOrFile: 'demo' });
    expect(writeConfigYaml(config)).toMatch(
      /^# Configuration of a sparring run, as resolved by sparring \d+\.\d+\.\d+/,
    );
  });
});
