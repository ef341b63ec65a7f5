import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { Workplace } from '../../packages/cli/test/command.ts';
import { setPace, writeRecipe } from '../cluster/recipes.ts';
import { describeWithChromium, openBrowser } from './chromium.ts';
import { begin } from './served.ts';
import { expectQuiet, openWatched, shot, textOf, until } from './watched.ts';

/** It takes its time until all has been looked at that is to be seen while a net is trained. */
const recipe = `
name: watched
engine: tfjs:cpu
model: ./paced-model.js
data: { set: synthetic, synthetic: { train: 800, test: 200, side: 12, classes: 8, noise: .3 }, validation: 200 }
epochs: 10
batch: 20
attack: { kind: fgsm, epsilon: .2 }
optimizer: { learningRate: .1, momentum: .5 }
twin: { epochs: 1 }
evaluation: { pgdIterations: 2 }
trainers: 1
attackers: 1
`;

const numberIn = (text: string) => Number(/step ([\d,]+)/.exec(text)?.[1]?.replaceAll(',', '') ?? 0);

describeWithChromium('the page of a run', () => {
  let place: Workplace;
  let browser: Browser;

  beforeAll(async () => {
    place = await Workplace.open();
    writeRecipe(place.path, recipe);
    place.environment.PACE_MS = '20';
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await place?.close();
  });

  it('moves while it is trained, keeps its history when it is loaded anew, and its content when the process ends', async () => {
    const run = begin(place, 'train', './recipe.yaml', '--metrics-port', '0');
    const url = await run.url;
    const watched = await openWatched(browser, url, { width: 1360, scheme: 'light' });
    const { page } = watched;

    // The net's own training, by a trainer and an attacker.
    await until(
      () => textOf(page, '.progress-words'),
      (text) => text.includes('the net'),
    );
    const curve = () =>
      page
        .locator('.chart-loss canvas')
        .first()
        .evaluate((canvas) => (canvas as never as { toDataURL(): string }).toDataURL());
    const drawn = await curve();
    await until(curve, (now) => now !== drawn);
    await until(
      () => page.locator('.lane').count(),
      (lanes) => lanes === 2,
    );
    await until(
      () => textOf(page, '.lane-attacker .lane-doing'),
      (text) => text.includes('attack of step'),
    );
    await until(
      () => page.locator('.example').count(),
      (examples) => examples === 8,
    );
    await until(
      () => textOf(page, '.stage-adversarial'),
      (text) => /\d+ %/.test(text),
    );
    await until(
      () =>
        page
          .locator('.example img')
          .evaluateAll((images) => images.map((image) => (image as never as { naturalWidth: number }).naturalWidth)),
      (shown) => shown.length === 24 && shown.every((width) => width === 12),
    );
    await until(
      () => page.locator('.epochs-net tbody tr').count(),
      (rows) => rows >= 2,
    );
    // What is left lasts for minutes, so that all that follows is seen while it is trained.
    setPace(place.path, 'slow');
    await shot(page, 'running-light');

    const before = {
      step: numberIn(await textOf(page, '.progress-words')),
      rows: await page.locator('tbody tr').count(),
    };
    await page.reload();
    await until(
      () => page.locator('.chart-loss canvas').count(),
      (charts) => charts === 1,
    );
    await until(
      async () => numberIn(await textOf(page, '.progress-words')),
      (step) => step >= before.step,
    );
    await until(
      () => page.locator('tbody tr').count(),
      (rows) => rows >= before.rows,
    );
    // The curve begins where it began, not where the page was loaded.
    const id = await textOf(page, '.id');
    const view = (await (await page.request.get(`${url}/api/runs/${id}`)).json()) as {
      nets: { points: { step: number }[] }[];
    };
    expect(view.nets[1]!.points[0]!.step).toBeLessThan(before.step / 2);

    const dark = await openWatched(browser, url, { width: 1360, scheme: 'dark' });
    const phone = await openWatched(browser, url, { width: 390, scheme: 'light' });
    await until(
      () => phone.page.locator('.example').count(),
      (examples) => examples === 8,
    );
    await until(
      () => dark.page.locator('.example').count(),
      (examples) => examples === 8,
    );
    await shot(dark.page, 'running-dark');
    await shot(phone.page, 'running-phone');
    expect(await phone.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);

    setPace(place.path, 'none');
    const { code, stdout } = await run.finished;
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/ dashboard runs\/watched-s0-/);
    await until(
      () => textOf(page, '.status'),
      (status) => status === 'finished',
    );
    await until(
      () => textOf(page, '.note'),
      (note) => note.includes('The process has ended'),
    );
    expect(await textOf(page, '.results')).toContain('PGD');
    expect(await page.locator('.example').count()).toBe(8);
    await shot(page, 'finished-light');
    for (const each of [watched, dark, phone]) expectQuiet(each);
  });

  it('is served again from the folder of the run, and from that of all runs', async () => {
    const [run] = await place.runs();
    const one = begin(place, 'dashboard', run!, '--listen', '127.0.0.1:0');
    const watched = await openWatched(browser, await one.url, { width: 1360, scheme: 'dark' });
    const { parametersDigest } = JSON.parse(await place.read(`${run}/summary.json`)) as { parametersDigest: string };
    await until(
      () => watched.page.locator('.example').count(),
      (examples) => examples === 8,
    );
    await until(
      () => textOf(watched.page, '.facts'),
      (facts) => facts.includes(parametersDigest),
    );
    await shot(watched.page, 'again-dark');
    expectQuiet(watched);
    one.stop();
    expect((await one.finished).code).toBe(0);

    const all = begin(place, 'dashboard', 'runs', '--listen', '127.0.0.1:0');
    const list = await openWatched(browser, await all.url, { width: 1360, scheme: 'light' });
    await until(
      () => list.page.locator('h1').innerText(),
      (title) => title === 'watched, seed 0',
    );
    expectQuiet(list);
    all.stop();
    await all.finished;
  });

  it('is written down in a file that a browser opens without asking anybody', async () => {
    const [run] = await place.runs();
    expect((await place.run('report', run!, '--out', 'report.html')).code).toBe(0);
    const file = `file://${join(place.path, 'report.html')}`;
    const page = await browser.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url().slice(0, 40)));
    await page.goto(file);
    expect(asked.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'))).toEqual([]);
    expect(await page.locator('svg').count()).toBe(3);
    await shot(page, 'report');
  });
});
