import { HttpServer, InProcessBus, type WorkerEvent } from '@sparring/runtime';
import { answerMetrics, ProcessMetrics, type Readiness, WorkerMetrics, watchRefusals } from '@sparring/runtime/metrics';

describe("a process's endpoint", () => {
  const metrics = new ProcessMetrics('trainer', '1');
  let readiness: Readiness = { ready: false, state: 'starting' };
  let server: HttpServer;
  beforeAll(async () => {
    server = await HttpServer.open({ host: '127.0.0.1', port: 0 });
    server.mount(answerMetrics(metrics, () => readiness));
  });
  afterAll(() => server.close());

  it('tells its metrics in the format of Prometheus', async () => {
    const response = await fetch(`${server.url}/metrics`);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(await response.text()).toMatch(/^sparring_process_info\{role="trainer",version="1"\} 1$/m);
  });

  it('says that it lives, and whether it can do its work', async () => {
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    const before = await fetch(`${server.url}/readyz?verbose`);
    expect([before.status, await before.json()]).toEqual([503, { ready: false, state: 'starting' }]);
    readiness = { ready: true, state: 'serving', run: 'a-run' };
    const after = await fetch(`${server.url}/readyz`);
    expect([after.status, await after.json()]).toEqual([200, readiness]);
  });

  it('takes no other method, and leaves other paths to others', async () => {
    expect((await fetch(`${server.url}/metrics`, { method: 'POST' })).status).toBe(405);
    expect((await fetch(`${server.url}/metrics`, { method: 'HEAD' })).status).toBe(200);
    expect((await fetch(`${server.url}/metrics/more`)).status).toBe(404);
  });
});

describe('metrics that follow what is counted elsewhere', () => {
  it('add up the messages that one bus after the other refuses', async () => {
    const metrics = new ProcessMetrics('train', '1');
    const shown = async () => /refused_messages_total\{reason="shape"\} (\d+)/.exec(await metrics.text())![1];
    const first = new InProcessBus();
    const stop = watchRefusals(metrics, first);
    first.refuse('shape', 'too short');
    first.refuse('shape', 'too long');
    expect([await shown(), await shown()]).toEqual(['2', '2']);
    first.refuse('shape', 'once more, before its end');
    stop();
    const second = new InProcessBus();
    watchRefusals(metrics, second);
    second.refuse('shape', 'again');
    expect(await shown()).toBe('4');
  });

  it('count each step of a span, with its share of the time', async () => {
    const metrics = new ProcessMetrics('trainer', '1');
    const workers = new WorkerMetrics(metrics);
    const task = { kind: 'advance', step: 0, numSteps: 50, replica: 0 } as const;
    const worked: WorkerEvent = { kind: 'performed', workerId: 't', task, waitMs: 3, gatherMs: 1, computeMs: 1_000 };
    workers.tell('trainer', worked);
    workers.tell('trainer', { kind: 'returned', workerId: 't', receipt: 'accepted', ms: 2 });
    const text = await metrics.text();
    const of = (phase: string) => `sparring_worker_phase_duration_seconds_count{role="trainer",phase="${phase}"}`;
    expect(text).toContain(`${of('advance')} 50`);
    expect(text).toContain(`_bucket{le="0.02",role="trainer",phase="advance"} 50`);
    expect(text).toContain(`_bucket{le="0.01",role="trainer",phase="advance"} 0`);
    for (const phase of ['wait', 'gather', 'return']) expect(text).toContain(`${of(phase)} 1`);
  });

  it('are not where they have no meaning', () => {
    const metrics = new ProcessMetrics('trainer', '1');
    const [runs] = [{ title: 'A run', places: [], metrics: {} }];
    expect(() => metrics.of(runs)).toThrow('A run: no metrics of a trainer process');
  });
});
