import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderRun } from '@sparring/dashboard';
import { resolveConfig, writeConfigYaml } from '@sparring/runtime';

it('says what to type to see it again and to go on with it, as the program was called', async () => {
  const path = await mkdtemp(join(tmpdir(), 'sparring-folder-run-'));
  try {
    await writeFile(join(path, 'config.yaml'), writeConfigYaml(resolveConfig({ recipeOrFile: 'softmax' }).config));
    const { reopen, note } = (await FolderRun.open(path, 'npx sparring')).view();
    expect(reopen).toMatch(/^npx sparring dashboard \S+$/);
    expect(note).toMatch(/^To go on with it: npx sparring resume \S+$/);
  } finally {
    await rm(path, { recursive: true });
  }
});
