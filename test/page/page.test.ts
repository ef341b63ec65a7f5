import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { Workplace } from '../../packages/cli/test/command.ts';
import { describeWithChromium, openBrowser } from './chromium.ts';
import { begin } from './served.ts';
import { expectQuiet, openWatched, shot, textOf, until } from './watched.ts';

// Some ten seconds on one core, of which most with an attacker of its own.
const recipe = `
data: { set: synthetic, synthetic: { train: 6000, test: 1000, side: 20, classes: 8, noise: .3 }, validation: 1000 }
model: { kind: maxout, layers: [{ units: 64, pieces: 3 }] }
epochs: 10
batch: 50
attack: { kind: fgsm, epsilon: .2 }
optimizer: { learningRate: .1, momentum: .5 }
twin: { epochs: 2 }
trainers: 1
attackers: 1
`;

const numberIn = (text: string) => Number(/step ([\d,]+)/.exec(text)?.[1]?.replaceAll(',', '') ?? 0);

describeWithChromium('the page of a run', () => {
  let place: Workplace;
  let browser: Browser;

  beforeAll(async () => {
    place = await Workplace.open();
    await place.write('watched.yaml', recipe);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await place?.close();
  });

  it('moves while it is trained, keeps its history when it is loaded anew, and its content when the process ends', async () => {
    const run = begin(place, 'train', 'watched.yaml', '--metrics-port', '0');
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
    expect(await textOf(page, '.stage-adversarial')).toMatch(/\d+ %/);
    const shown = await page
      .locator('.example img')
      .evaluateAll((images) => images.map((image) => (image as never as { naturalWidth: number }).naturalWidth));
    expect(shown).toEqual(Array(24).fill(20));
    await until(
      () => page.locator('.epochs-net tbody tr').count(),
      (rows) => rows >= 2,
    );
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
    expect(numberIn(await textOf(page, '.progress-words'))).toBeGreaterThanOrEqual(before.step);
    expect(await page.locator('tbody tr').count()).toBeGreaterThanOrEqual(before.rows);
    // The curve begins where it began, not where the page was loaded.
    const id = await textOf(page, '.id');
    const view = (await (await page.request.get(`${url}/api/runs/${id}`)).json()) as {
      nets: { points: { step: number }[] }[];
    };
    expect(view.nets[1]!.points[0]!.step).toBeLessThan(120);

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

    const { code, stdout } = await run.finished;
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/ dashboard runs\/watched-s0-/);
    await until(
      () => textOf(page, '.status'),
      (status) => status === 'finished',
    );
    expect(await textOf(page, '.note')).toContain('The process has ended');
    expect(await textOf(page, '.results')).toContain('PGD');
    expect(await page.locator('.example').count()).toBe(8);
    await shot(page, 'finished-light');
    for (const each of [watched, dark, phone]) expectQuiet(each);
  }, 180_000);

  it('is served again from the folder of the run, and from that of all runs', async () => {
    const [run] = await place.runs();
    const one = begin(place, 'dashboard', run!, '--listen', '127.0.0.1:0');
    const watched = await openWatched(browser, await one.url, { width: 1360, scheme: 'dark' });
    const { parametersDigest } = JSON.parse(await place.read(`${run}/summary.json`)) as { parametersDigest: string };
    await until(
      () => watched.page.locator('.example').count(),
      (examples) => examples === 8,
    );
    expect(await textOf(watched.page, '.facts')).toContain(parametersDigest);
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
