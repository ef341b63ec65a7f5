import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import type { Finished, Workplace } from '../../packages/cli/test/command.ts';

export interface Begun {
  /** Of its page. */
  readonly url: Promise<string>;
  readonly finished: Promise<Finished>;
  stop(): void;
}

/** Starts a command that has a page. */
export function begin(place: Workplace, ...args: string[]): Begun {
  const { child, finished } = place.start(...args);
  const url = new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout!.on('data', (text: string) => {
      said += text;
      const found = /(?<!Metrics: )http:\/\/127\.0\.0\.1:\d+[^\s]*/.exec(said);
      if (found) resolve(found[0]);
    });
    finished.then(({ stderr }) => reject(new Error(stderr)));
  });
  return { url, finished, stop: () => child.kill('SIGINT') };
}

/** Not kept in the repository: to be looked at. */
const screenshots = fileURLToPath(new URL('./screenshots', import.meta.url));

export async function shot(page: Page, name: string): Promise<void> {
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true });
}
