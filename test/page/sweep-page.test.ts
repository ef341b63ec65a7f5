import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { Workplace } from '../../packages/cli/test/command.ts';
import { setPace, writeRecipe } from '../cluster/recipes.ts';
import { describeWithChromium, openBrowser } from './chromium.ts';
import { begin } from './served.ts';
import { expectQuiet, openWatched, shot, textOf, until } from './watched.ts';

/** It takes its time until all has been looked at that is to be seen while a sweep is computed. */
const recipe = `
name: swept
engine: tfjs:cpu
model: ./paced-model.js
data: { set: synthetic, synthetic: { train: 800, test: 200, side: 12, classes: 6, noise: .35 }, validation: 200 }
epochs: 6
batch: 50
alpha: .5
attack: { kind: fgsm, epsilon: .15 }
optimizer: { learningRate: .1, momentum: .5 }
evaluation: { pgdIterations: 2 }
published: { clean: .05, fgsm: .2, source: a paper that there is not }
`;
/** Diverges with one of the learning rates, so that there are failed runs. */
const sweep = [
  ...['sweep', './recipe.yaml', '--seeds', '0..5', '--grid', 'optimizer.learningRate=.02,.1,1e30'],
  ...['--baseline', 'optimizer.learningRate=.1', '--slots', '2', '--metrics-port', '0'],
];

const tile = (page: Page, label: string) =>
  page.locator('.tile', { hasText: label }).first().locator('.tile-value').innerText();

describeWithChromium('the page of a sweep', () => {
  let place: Workplace;
  let browser: Browser;

  beforeAll(async () => {
    place = await Workplace.open();
    writeRecipe(place.path, recipe);
    place.environment.PACE_MS = '5';
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await place?.close();
  });

  it('moves while the sweep is computed, and keeps its content when the process ends', async () => {
    const begun = begin(place, ...sweep);
    const url = await begun.url;
    const watched = await openWatched(browser, url, { width: 1360, scheme: 'light' });
    const { page } = watched;
    await until(
      () => page.locator('.slots .lane').count(),
      (slots) => slots === 2,
    );
    await until(
      () => page.locator('.slots').innerText(),
      (slots) => /learningRate=\S+ seed \d/.test(slots),
    );
    await until(
      () => tile(page, 'done'),
      (done) => Number(done) >= 3,
    );
    // What is left lasts for minutes, so that all that follows is seen while it is computed.
    setPace(place.path, 'slow');
    await until(
      () => tile(page, 'time left'),
      (left) => left !== '–',
    );
    await until(
      () => page.locator('.pair canvas').count(),
      (charts) => charts === 2,
    );
    await until(
      () => page.locator('.swept').first().innerText(),
      (table) => table.includes('a paper that there is not'),
    );
    const metrics = await (await page.request.get(`${url}/metrics`)).text();
    expect(metrics).toMatch(/sparring_sweep_runs\{sweep="swept-\w{8}",state="done"\} [1-9]/);
    expect(metrics).not.toContain('sparring_coordinator_');
    await shot(page, 'sweep-running-light');
    const phone = await openWatched(browser, url, { width: 390, scheme: 'light' });
    const dark = await openWatched(browser, url, { width: 1360, scheme: 'dark' });
    for (const { page: other } of [phone, dark]) {
      await until(
        () => other.locator('.pair canvas').count(),
        (charts) => charts === 2,
      );
    }
    await shot(dark.page, 'sweep-running-dark');
    expect(await phone.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);

    setPace(place.path, 'none');
    const { code, stdout } = await begun.finished;
    // One configuration diverges.
    expect(code).toBe(1);
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/ dashboard runs\/\.sweeps\/swept-\w{8}$/);
    await until(
      () => textOf(page, '.status'),
      (status) => status === 'finished',
    );
    expect([await tile(page, 'done'), await tile(page, 'failed')]).toEqual(['12', '6']);
    expect(await textOf(page, '.note')).toContain('The process has ended');
    await shot(phone.page, 'sweep-finished-phone');
    for (const each of [watched, dark, phone]) expectQuiet(each);
  });

  it('is served again from the folder, with its runs and the pages of these', async () => {
    const all = begin(place, 'dashboard', 'runs', '--listen', '127.0.0.1:0');
    const watched = await openWatched(browser, await all.url, { width: 1360, scheme: 'dark' });
    const { page } = watched;
    // Nothing but the sweep is there: its runs are on its page.
    await until(
      () => textOf(page, 'h1'),
      (title) => title === 'swept, 3 configurations, seeds 0..5',
    );
    await until(
      () => page.locator('.sweep-runs tbody tr').count(),
      (rows) => rows === 18,
    );
    expect(await page.locator('.swept').count()).toBe(2);
    await page.getByRole('button', { name: 'optimizer.learningRate=.02', exact: true }).click();
    await until(
      () => textOf(page, '.card .caption >> nth=2'),
      (caption) => caption.includes('6 seeds'),
    );
    await page.getByRole('button', { name: 'failed 6' }).click();
    await until(
      () => page.locator('.sweep-runs tbody tr').count(),
      (rows) => rows === 6,
    );
    expect(await textOf(page, '.sweep-runs .remark >> nth=1')).toContain('diverged');
    await shot(page, 'sweep-again-dark');
    await page.getByRole('button', { name: 'done 12' }).click();
    await until(
      () => page.locator('.sweep-runs tbody tr').count(),
      (rows) => rows === 12,
    );
    await page.locator('.sweep-runs a').first().click();
    await until(
      () => textOf(page, 'h1'),
      (title) => title === 'swept, seed 0',
    );
    await page.getByRole('link', { name: '← the sweep' }).click();
    await until(
      () => page.locator('.swept').count(),
      (tables) => tables === 2,
    );
    expectQuiet(watched);
    all.stop();
    expect((await all.finished).code).toBe(0);
  });

  it('is written down in a file that a browser opens without asking anybody', async () => {
    expect((await place.run('report', 'swept', '--out', 'sweep.html')).code).toBe(0);
    const page = await browser.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url().slice(0, 40)));
    await page.goto(`file://${join(place.path, 'sweep.html')}`);
    expect(asked.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'))).toEqual([]);
    // Those that did not diverge: two plots together, two each of its own.
    expect(await page.locator('svg').count()).toBe(6);
    expect(await page.locator('h2').allInnerTexts()).toEqual(
      expect.arrayContaining(['Result', 'Against optimizer.learningRate=.1', 'Failed runs']),
    );
    await shot(page, 'sweep-report');
    const csv = await place.run('report', 'swept', '--csv', '--out', '-');
    const lines = csv.stdout.trimEnd().split('\r\n');
    expect(lines.filter((line) => line.includes(',run,'))).toHaveLength(18);
    expect(lines.filter((line) => line.includes(',done,epoch,'))).toHaveLength(12 * 6);
  });
});
