import { existsSync } from 'node:fs';
import { rm, rmdir } from 'node:fs/promises';
import { loadDataSet } from '@sparring/data';
import { checkAgainstData, type RunConfig, RunFolder } from '@sparring/runtime';
import { chooseEngine } from '../host/index.js';
import type { PageOptions } from '../page/page-options.js';
import { shortPath } from '../presentation/invocation.js';
import { openScreen, type Screen } from '../presentation/screen.js';
import { checkBeforehand } from './check-beforehand.js';
import { finishRun } from './finish-run.js';
import { hasBegun } from './has-begun.js';
import { listenForInterruption } from './interruption.js';

/** `sparring train`: from the configuration to summary.json. */
export async function startRun(
  asked: RunConfig,
  options: PageOptions & { readonly out: string; readonly json?: boolean },
): Promise<void> {
  const startedAt = performance.now();
  const screen = openScreen(options);
  const dataSet = await loadDataSet(asked.data);
  checkAgainstData(asked, dataSet);
  await checkBeforehand(asked, dataSet);
  const { engine, reason } = await chooseEngine(asked, dataSet);
  const config: RunConfig = { ...asked, engine };

  const root = { path: options.out, isNew: !existsSync(options.out) };
  // From here on there is something to be cleared away.
  const interruption = listenForInterruption();
  const folder = await RunFolder.create(root.path, config).catch((error) => {
    interruption.release();
    throw error;
  });
  try {
    introduce(screen, config, folder, reason);
    await finishRun({ folder, config, engine, dataSet, screen, interruption, startedAt }, options);
  } finally {
    await folder.release();
    if (!hasBegun(folder)) await remove(folder, root);
    interruption.release();
  }
}

function introduce(screen: Screen, { name, seed, engine }: RunConfig, folder: RunFolder, reason: string): void {
  const { bold } = screen.colors;
  screen.say(`${bold(name)}, seed ${seed}, in ${shortPath(folder.path)}`);
  screen.say(`Engine: ${engine} (${reason})`);
}

async function remove(folder: RunFolder, root: { path: string; isNew: boolean }): Promise<void> {
  await rm(folder.path, { recursive: true, force: true });
  // Only where it is empty: others may have begun a run there.
  if (root.isNew) await rmdir(root.path).catch(() => {});
}
