import type { Browser } from 'playwright-core';
import { Cluster } from '../cluster/cluster.ts';
import { probed, steps } from '../cluster/recipes.ts';
import { describeWithNats } from '../nats/nats-server.ts';
import { describeWithChromium, openBrowser } from './chromium.ts';
import { expectQuiet, openWatched, shot, textOf, until } from './watched.ts';

const recipe = `${steps.replace('epochs: 12', 'epochs: 5')}
probeEvery: 10
`;

describeWithNats('a cluster', () => {
  describeWithChromium('has a page', () => {
    let cluster: Cluster;
    let browser: Browser;
    let url: string;
    beforeAll(async () => {
      [cluster, browser] = await Promise.all([Cluster.start({ trainers: 2, attackers: 1 }), openBrowser()]);
      const words = '"the page is open"';
      const opened = await cluster.log.until(
        'the page is open',
        (event) => event.kind === 'line' && event.line.includes(words),
      );
      url = (JSON.parse((opened as { line: string }).line) as { url: string }).url;
    });
    afterAll(async () => {
      await browser?.close();
      await cluster?.close();
    });

    it('on which a run is seen while its workers train it, and keeps what was seen when it ends', async () => {
      const list = await openWatched(browser, url, { width: 1360, scheme: 'light' });
      expect(await textOf(list.page, '.empty')).toContain('No runs yet');
      const run = cluster.submit(recipe);
      const id = await run.id();
      await list.page.locator(`a[href="/run/${id}"]`).click();
      await until(
        () => list.page.locator('.lane').count(),
        (lanes) => lanes === 3,
      );
      expect(await textOf(list.page, '.lane-trainer .lane-place')).toMatch(/^pid \d+ on /);
      await until(
        () => list.page.locator('.example').count(),
        (examples) => examples === 8,
      );
      await shot(list.page, 'cluster-running');
      await run.result();
      await until(
        () => textOf(list.page, '.status'),
        (status) => status === 'finished',
      );
      expect(await list.page.locator('.example').count()).toBe(8);
      expect(await textOf(list.page, '.results')).toContain('PGD');
      expect(await list.page.locator('.log li').count()).toBeGreaterThan(3);
      expect(await textOf(list.page, '.chart-error .legend')).toContain('PGD-2');
      expectQuiet(list);
    }, 120_000);

    it('which shows a run that nobody watched, with pictures of its checkpoint, and its errors in the list', async () => {
      const run = cluster.submit(probed);
      const id = await run.id();
      await run.result();
      const ended = await openWatched(browser, `${url}/run/${id}`, { width: 1360, scheme: 'light' });
      await until(
        () => ended.page.locator('.example').count(),
        (examples) => examples === 8,
      );
      expect(await textOf(ended.page, '.layer .caption')).toContain('units');
      expect(await textOf(ended.page, '.overview .warning')).toContain('back to the last good probe');
      await shot(ended.page, 'cluster-ended');
      const list = await openWatched(browser, url, { width: 1360, scheme: 'dark' });
      await until(
        () => list.page.locator('tbody tr td:nth-child(5)').allInnerTexts(),
        (errors) => errors.length === 2 && errors.every((error) => error.endsWith('%')),
      );
      await shot(list.page, 'cluster-list');
      cluster.up.signal('SIGINT');
      await cluster.up.finished;
      for (const watched of [ended, list]) {
        await until(
          () => textOf(watched.page, '.note'),
          (note) => note.startsWith('The process has ended'),
        );
        expectQuiet(watched);
      }
      expect(await ended.page.locator('.example').count()).toBe(8);
    }, 120_000);
  });
});
