import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveConfig, writeConfigYaml } from '@sparring/runtime';
import type { Browser } from 'playwright-core';
import { Workplace } from '../../packages/cli/test/command.ts';
import { describeWithChromium, openBrowser } from './chromium.ts';
import { begin, type Served } from './served.ts';
import { expectQuiet, openWatched, shot, textOf, until } from './watched.ts';

const run = 'demo-s0-20261101-101530-ab12';
const damaged = 'maxout-240-s1-20261102-101530-cd34';

describeWithChromium('the page of a folder', () => {
  let place: Workplace;
  let browser: Browser;
  let served: Served;
  beforeAll(async () => {
    place = await Workplace.open();
    const inRuns = (...path: string[]) => join(place.path, 'runs', ...path);
    for (const id of [run, damaged]) {
      mkdirSync(inRuns(id), { recursive: true });
      writeFileSync(inRuns(id, 'config.yaml'), writeConfigYaml(resolveConfig({ recipeOrFile: 'demo' }).config));
    }
    writeFileSync(inRuns(damaged, 'metrics.jsonl'), '{"step":\n');
    mkdirSync(inRuns('.sweeps', 'torn-1a2b3c4d'), { recursive: true });
    writeFileSync(inRuns('.sweeps', 'torn-1a2b3c4d', 'sweep.json'), '{');
    browser = await openBrowser();
    served = begin(place, 'dashboard', '--listen', '127.0.0.1:0');
  });
  afterAll(async () => {
    served.stop();
    await served.finished;
    await browser?.close();
    await place?.close();
  });

  it('lists what cannot be read, with what is wrong with it', async () => {
    for (const [name, look] of [
      ['light', { width: 1360, scheme: 'light' }],
      ['phone', { width: 375, scheme: 'dark' }],
    ] as const) {
      const watched = await openWatched(browser, await served.url, look);
      const { page } = watched;
      await until(
        () => page.locator('.runs tbody tr').count(),
        (rows) => rows === 3,
      );
      expect(await page.locator('.status').allInnerTexts()).toEqual(['unreadable', 'unreadable', 'interrupted']);
      expect(await page.locator('.remark').allInnerTexts()).toEqual([
        '.sweeps/torn-1a2b3c4d/sweep.json: not a sweep of this version of sparring',
        expect.stringContaining(`${damaged}/metrics.jsonl:1: expected a JSON object with a step`),
      ]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(look.width);
      await shot(page, `list-${name}`);
      expectQuiet(watched);
    }
  });

  it('says why one of them has no page', async () => {
    const page = await browser.newPage();
    for (const [path, why] of [
      [`/run/${damaged}`, 'metrics.jsonl:1: expected'],
      ['/run/nobody', 'This run is not here.'],
      ['/sweep/torn-1a2b3c4d', 'not a sweep of this version'],
    ] as const) {
      await page.goto(`${await served.url}${path}`);
      await until(
        () => textOf(page, '.note'),
        (note) => note.includes(why),
      );
    }
  });
});
