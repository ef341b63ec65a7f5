import type { Browser, Page } from 'playwright-core';
import { Workplace } from '../../packages/cli/test/command.ts';
import { probed, setPace, writeRecipe } from '../cluster/recipes.ts';
import { describeWithChromium, openBrowser } from './chromium.ts';
import { begin } from './served.ts';
import { expectQuiet, openWatched, shot, textOf, until } from './watched.ts';

/** How many pixels of a plot have the colour of a mark. */
const marked = (page: Page, plot: string) =>
  page.evaluate(`(() => {
    const canvas = document.querySelector('.chart-${plot} canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const hex = getComputedStyle(document.documentElement).getPropertyValue('--warning').trim();
    const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
    let pixels = 0;
    for (let i = 0; i < data.length; i += 4)
      if (data[i + 3] > 100 && Math.abs(data[i] - r) + Math.abs(data[i + 1] - g) + Math.abs(data[i + 2] - b) < 30) pixels++;
    return pixels;
  })()`) as Promise<number>;

describeWithChromium('the page of a run that collapses', () => {
  let place: Workplace;
  let browser: Browser;
  beforeAll(async () => {
    place = await Workplace.open();
    // Its model takes its time, so that there is some to look at it.
    place.environment.PACE_MS = '20';
    writeRecipe(place.path, probed.replace('epochs: 4', 'epochs: 10'));
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await place?.close();
  });

  it('says so when it happens, marks where, and goes on', async () => {
    const run = begin(place, 'train', './recipe.yaml', '--metrics-port', '0');
    const watched = await openWatched(browser, await run.url, { width: 1360, scheme: 'light' });
    const { page } = watched;
    await until(
      () => textOf(page, '.overview .warning'),
      (text) => /collapsed.* at step [\d,]+\. .*back to the last good probe/.test(text),
    );
    expect(await textOf(page, '.status')).toBe('running');
    expect(await page.locator('.log .warning').allInnerTexts()).toContainEqual(
      expect.stringContaining('It goes back to an earlier step'),
    );
    for (const plot of ['error', 'loss']) {
      await until(
        () => marked(page, plot),
        (pixels) => pixels > 50,
      );
    }
    expect(await textOf(page, '.chart-error .legend')).toContain('PGD-2');
    setPace(place.path, 'none');
    const { code } = await run.finished;
    expect(code).toBe(0);
    await until(
      () => textOf(page, '.status'),
      (status) => status === 'finished',
    );
    await shot(page, 'collapse-light');
    expectQuiet(watched);
  }, 120_000);

  it('shows it to whoever opens the run again, in the dark and on a phone', async () => {
    const [folder] = await place.runs();
    const again = begin(place, 'dashboard', folder!, '--listen', '127.0.0.1:0');
    const url = await again.url;
    for (const [name, look] of [
      ['dark', { width: 1360, scheme: 'dark' }],
      ['phone', { width: 390, scheme: 'light' }],
    ] as const) {
      const watched = await openWatched(browser, url, look);
      await until(
        () => textOf(watched.page, '.overview .warning'),
        (text) => text.includes('collapsed'),
      );
      await until(
        () => marked(watched.page, 'error'),
        (pixels) => pixels > 50,
      );
      await until(
        () => watched.page.locator('.example').count(),
        (examples) => examples > 0,
      );
      expect(await watched.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(look.width);
      await shot(watched.page, `collapse-${name}`);
      expectQuiet(watched);
    }
    again.stop();
    expect((await again.finished).code).toBe(0);
  }, 120_000);
});
