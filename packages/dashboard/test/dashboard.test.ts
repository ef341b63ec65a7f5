import { once } from 'node:events';
import { connect } from 'node:net';
import { Dashboard, type RunSource, type ShownRun } from '@sparring/dashboard';
import { HttpServer } from '@sparring/runtime';
import { view } from './example-view.ts';

/** A run that has something new whenever it is asked. */
class BusyRun implements ShownRun {
  readonly id = 'busy';
  readonly padding: string;
  told = 0;

  constructor(bytes = 10) {
    this.padding = 'x'.repeat(bytes);
  }

  async refresh(): Promise<void> {}

  view() {
    return view({ id: this.id });
  }

  since() {
    this.told++;
    return { event: 'update', json: JSON.stringify({ told: this.told, padding: this.padding }), cursor: {} } as const;
  }

  async pictures() {
    return null;
  }
}

let server: HttpServer;
let dashboard: Dashboard;

async function open(run: ShownRun, invocation = 'sparring'): Promise<string> {
  const runs: RunSource = { list: async () => [], find: async (id) => (id === run.id ? run : null) };
  server = await HttpServer.open({ host: '127.0.0.1', port: 0 });
  dashboard = new Dashboard({ runs, invocation });
  server.mount(dashboard.handle);
  return server.url;
}

afterEach(async () => {
  await dashboard.close();
  await server.close();
});

it('serves a page that may run its own code and ask nobody else', async () => {
  const url = await open(new BusyRun());
  for (const path of [
    '/',
    '/run/busy',
    '/page/main.js',
    '/page/page.css',
    '/page/vendor/uplot.js',
    '/view/figures.js',
  ]) {
    const response = await fetch(url + path);
    expect({ path, status: response.status }).toEqual({ path, status: 200 });
    const policy = response.headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).not.toContain('unsafe');
    // A connection whose answer nobody reads stays open, and the process with it.
    expect((await response.text()).length).toBeGreaterThan(0);
  }
  const page = await (await fetch(url)).text();
  expect(page).not.toMatch(/https?:|\son\w+=|<style|<script>/);
});

it('tells the page how the program was called, as text', async () => {
  const url = await open(new BusyRun(), 'node "a & b"/sparring.js $&');
  const page = await (await fetch(`${url}/run/busy`)).text();
  expect(page).toContain('<meta name="invocation" content="node &quot;a &amp; b&quot;/sparring.js $&amp;" />');
  for (const path of ['/page/main.js', '/page/lists-page.js', '/page/sweep-tables.js']) {
    expect(await (await fetch(url + path)).text()).not.toMatch(/sparring (dashboard|train|sweep|resume)/);
  }
});

it('answers nothing that is not its own, and lets nobody change anything', async () => {
  const url = await open(new BusyRun());
  const paths = [
    '/metrics',
    '/page/../package.json',
    '/page/%2e%2e/index.js',
    '/api/runs/..%2f..',
    '/api/other',
    '/api/runs/busy/pictures/x',
  ];
  for (const path of paths) expect({ path, status: (await fetch(url + path)).status }).toEqual({ path, status: 404 });
  for (const method of ['POST', 'PUT', 'DELETE']) expect((await fetch(`${url}/api/runs`, { method })).status).toBe(405);
});

it('answers whoever only wants to know whether there is an event stream, and keeps nobody', async () => {
  const url = await open(new BusyRun());
  for (let i = 0; i < 70; i++) {
    const response = await fetch(`${url}/api/runs/busy/events`, { method: 'HEAD' });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
  }
  const response = await fetch(`${url}/api/runs/busy/events`);
  expect(response.status).toBe(200);
  await response.body!.cancel();
});

it('has room for so many pages and no more, and for others when they leave', async () => {
  const url = await open(new BusyRun());
  const pages: Response[] = [];
  for (let i = 0; i < 64; i++) pages.push(await fetch(`${url}/api/runs/busy/events`));
  const refused = await fetch(`${url}/api/runs/busy/events`);
  expect([refused.status, await refused.text()]).toEqual([503, 'too many pages watch at once\n']);
  // Everything else is answered.
  expect((await fetch(`${url}/api/runs/busy`)).status).toBe(200);
  await Promise.all(pages.map(({ body }) => body!.cancel()));
  for (;;) {
    const next = await fetch(`${url}/api/runs/busy/events`);
    await next.body!.cancel();
    if (next.status === 200) break;
  }
});

it('tells a page five times a second at most, and that the process ends', async () => {
  const run = new BusyRun();
  const url = await open(run);
  const beganAt = performance.now();
  const response = await fetch(`${url}/api/runs/busy/events`);
  let heard = '';
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  while (heard.split('event: update').length <= 6) heard += (await reader.read()).value ?? '';
  // The first at once, then five.
  expect(performance.now() - beganAt).toBeGreaterThan(900);
  await dashboard.close();
  for (let read = await reader.read(); !read.done; read = await reader.read()) heard += read.value;
  expect(heard.trimEnd().endsWith('event: end\ndata: {}')).toBe(true);
});

it('waits for no page that does not read, and queues nothing for it', async () => {
  const run = new BusyRun(4_000_000);
  const url = await open(run);
  const slow = connect(Number(new URL(url).port), '127.0.0.1');
  slow.write('GET /api/runs/busy/events HTTP/1.1\r\nhost: localhost\r\n\r\n');
  await once(slow, 'data');
  slow.pause();
  const quick = await fetch(`${url}/api/runs/busy/events`);
  const reader = quick.body!.getReader();
  const toldBefore = run.told;
  // Far more than sockets hold: had it all been queued for both, each would have been told of it.
  for (let bytes = 0; bytes < 12 * 4_000_000; ) bytes += (await reader.read()).value!.length;
  expect(run.told - toldBefore).toBeLessThan(12 + 6);
  slow.destroy();
  await reader.cancel();
});
