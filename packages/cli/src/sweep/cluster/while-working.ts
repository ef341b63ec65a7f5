import type { Pulled } from '@sparring/runtime';

const everyMs = 1_000;

/**
 * Says that somebody is at a run until it is taken out or given back: also while its data are read, and while a full store takes no word
 * of it.
 */
export async function whileWorking(pulled: Pulled, work: (pulled: Pulled) => Promise<void>): Promise<void> {
  const timer = setInterval(() => pulled.working(), everyMs);
  const stop = () => clearInterval(timer);
  try {
    await work({
      ...pulled,
      takeOut() {
        stop();
        pulled.takeOut();
      },
      giveBack(delayMs) {
        stop();
        pulled.giveBack(delayMs);
      },
    });
  } finally {
    stop();
  }
}
