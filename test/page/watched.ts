import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';

/** Not kept in the repository: to be looked at. */
const screenshots = fileURLToPath(new URL('./screenshots', import.meta.url));

/** A page that notes what must not happen on it. */
export interface Watched {
  readonly page: Page;
  /** Errors and warnings of its console, and what its code threw. */
  readonly complaints: string[];
  /** Whom it asked besides the process that served it. */
  readonly strangers: string[];
}

export async function openWatched(
  browser: Browser,
  url: string,
  look: { readonly width: number; readonly scheme: 'light' | 'dark' },
): Promise<Watched> {
  const page = await browser.newPage({ viewport: { width: look.width, height: 900 }, colorScheme: look.scheme });
  const [complaints, strangers]: [string[], string[]] = [[], []];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(`${new URL(url).origin}/`) && !request.url().startsWith('data:')) {
      strangers.push(request.url());
    }
  });
  await page.goto(url);
  return { page, complaints, strangers };
}

/** Waits until what is read of the page is so; fails with what it was last. */
export async function until<Value>(read: () => Promise<Value>, isSo: (value: Value) => boolean, withinMs = 90_000) {
  const endsAt = Date.now() + withinMs;
  for (;;) {
    const value = await read();
    if (isSo(value)) return value;
    if (Date.now() > endsAt) throw new Error(`still ${JSON.stringify(value)} after ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export function expectQuiet({ complaints, strangers }: Watched): void {
  expect({ complaints, strangers }).toEqual({ complaints: [], strangers: [] });
}

export async function shot(page: Page, name: string): Promise<void> {
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true });
}

export const textOf = (page: Page, selector: string) => page.locator(selector).first().innerText();
