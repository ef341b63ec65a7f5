import { ComputeThread, type RunConfig } from '@sparring/runtime';
import type { Pictures } from './pictures.js';
import { studioSettings } from './studio-settings.js';
import type { Negative } from './thread.js';

/**
 * Makes the pictures of a net from its checkpoint, the bytes of a file, on a thread that loads the data itself: a coordinator must be
 * heard twice a second. null where the data's examples are no images.
 * @throws CheckpointError, DataError, or what hinders the model from being run
 */
export async function develop(config: RunConfig, checkpoint: Uint8Array): Promise<Pictures | null> {
  const thread = new ComputeThread(new URL('./thread.js', import.meta.url));
  try {
    const negative: Negative = { settings: studioSettings(config), data: config.data, checkpoint };
    return await thread.call('develop', negative);
  } finally {
    await thread.destroy();
  }
}
