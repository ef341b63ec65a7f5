import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The path of a Chromium of this machine; null where there is none. Nothing is downloaded. */
function findChromium(): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'];
  const paths = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  const apps = ['Chromium', 'Google Chrome'].map((app) => `/Applications/${app}.app/Contents/MacOS/${app}`);
  return [...paths, ...apps].find((path) => existsSync(path)) ?? null;
}

export function openBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('there is no chromium on this machine');
  // Its sandbox is none for root; what it opens here is this project's own page.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args });
}

/**
 * `describe`, for tests that need a browser. Where there is none they are reported as not run; in continuous integration they are run,
 * and fail.
 */
export function describeWithChromium(name: string, tests: () => void): void {
  if (findChromium() !== null || process.env.CI === 'true') describe(name, tests);
  else describe.skip(`${name} (not run: needs chromium; to get it: apt-get install chromium)`, tests);
}
