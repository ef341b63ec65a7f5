import { type RunMetrics, TrainingMetrics } from '@sparring/coordinator';
import { ProcessMetrics } from '@sparring/runtime/metrics';
import { Membership } from '../dist/members/membership.js';
import type { WatchedCoordinator } from '../dist/metrics/run-metrics.js';
import { WorkLedger } from '../dist/work/work-ledger.js';

const place = { host: 'here', pid: 1 };

interface Scene {
  readonly metrics: ProcessMetrics;
  readonly training: TrainingMetrics;
  /** A sample's value, by the beginning of its line; undefined where there is none. */
  value(sample: string): Promise<number | undefined>;
  samples(): Promise<string[]>;
}

function openScene(): Scene {
  const metrics = new ProcessMetrics('coordinator', '1');
  const training = new TrainingMetrics(metrics);
  const samples = async () => (await metrics.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const value = async (sample: string) => {
    const line = (await samples()).find((text) => text.startsWith(`sparring_coordinator_${sample} `));
    return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(' ')));
  };
  return { metrics, training, value, samples };
}

function begin(training: TrainingMetrics, run = 'a-run', net: 'net' | 'twin' = 'net'): RunMetrics {
  return training.begin({ run, net, name: 'demo', engine: 'onnx:cpu' });
}

/** What a coordinator shows of itself in the midst of a run. */
function coordinator(changes: Partial<WatchedCoordinator> = {}): WatchedCoordinator {
  return {
    ...{ step: 40, lastStep: 100, staleness: 2, examplesPerStep: 50, ledger: new WorkLedger() },
    norms: { parameters: 5, velocity: 0.5, gradient: null },
    depths: { ready: ['pass', 'pass', 'attack'], held: ['pass'], waiting: ['attacker'] },
    membership: new Membership(),
    ...changes,
  };
}

const epoch = {
  ...{ epoch: 3, step: 60, loss: 0.4, learningRate: 0.05, momentum: 0.5, parametersDigest: '', optimizerDigest: '' },
  ...{ trainingSeconds: 2, examplesPerSecond: 1_000 },
  validation: { clean: { error: 0.02, confidence: 0.6, loss: 0.1 }, fgsm: { error: 0, confidence: null, loss: 0.2 } },
};

describe("a run's metrics", () => {
  it('are read of its coordinator just before they are told', async () => {
    const { training, value } = openScene();
    const run = begin(training);
    const shown = coordinator();
    run.watch(shown, 20);
    const of = '{run="a-run",net="net"}';
    expect(await value(`run_steps${of}`)).toBe(40);
    expect(await value(`run_planned_steps${of}`)).toBe(100);
    expect(await value(`staleness_steps${of}`)).toBe(2);
    expect(await value(`parameters_norm${of}`)).toBe(5);
    expect(await value(`gradient_norm${of}`)).toBeUndefined();
    expect(await value(`checkpoint_steps${of}`)).toBe(20);
    expect(await value(`checkpoint_age_seconds${of}`)).toBeGreaterThanOrEqual(0);
    shown.ledger.releases = 3;
    shown.ledger.leases.expired = 2;
    expect(await value('re_leases_total')).toBe(3);
    expect(await value('leases_total{event="expired"}')).toBe(2);
    expect(await value('ready_tasks{kind="pass"}')).toBe(2);
    expect(await value('ready_tasks{kind="probe"}')).toBe(0);
    expect(await value('held_leases{kind="pass"}')).toBe(1);
    expect(await value('waiting_workers{role="attacker"}')).toBe(1);
  });

  it('tell its events', async () => {
    const { training, value } = openScene();
    const run = begin(training);
    run.watch(coordinator(), 0);
    const of = 'run="a-run",net="net"';
    run.tell({ kind: 'mode', mode: 'split', spareTrainers: 1, spareAttackers: 0 });
    run.tell({ kind: 'progress', step: 41, lastStep: 100, epoch: 3, epochs: 5, loss: 0.6, examplesPerSecond: 900 });
    expect(await value(`training_loss_nats{${of}}`)).toBe(0.6);
    expect(await value(`throughput_examples_per_second{${of}}`)).toBe(900);
    expect(await value(`run_info{${of},name="demo",engine="onnx:cpu",mode="split"}`)).toBe(1);
    expect(await value(`run_info{${of},name="demo",engine="onnx:cpu",mode=""}`)).toBeUndefined();
    run.tell({ kind: 'epoch', record: epoch });
    run.tell({ kind: 'checkpoint', which: 'best', step: 50 });
    run.tell({ kind: 'checkpoint', which: 'last', step: 60 });
    run.measured('test', { pgd: { error: 0.9, confidence: 0.95, loss: 4 } });
    expect(await value(`run_epochs{${of}}`)).toBe(3);
    expect(await value(`error_ratio{${of},split="validation",attack="clean"}`)).toBe(0.02);
    expect(await value(`error_ratio{${of},split="test",attack="pgd"}`)).toBe(0.9);
    expect(await value(`mistake_confidence_ratio{${of},split="validation",attack="clean"}`)).toBe(0.6);
    expect(await value(`mistake_confidence_ratio{${of},split="validation",attack="fgsm"}`)).toBeUndefined();
    expect(await value(`checkpoint_steps{${of}}`)).toBe(60);
    for (const kind of ['joined', 'refused'] as const)
      run.tell({ kind, workerId: 'trainer-1', role: 'trainer', reason: 'test' });
    expect(await value('joins_total{role="trainer"}')).toBe(1);
    expect(await value('worker_refusals_total{role="trainer"}')).toBe(1);
  });

  it('count steps, examples and times as they pass', async () => {
    const { training, value } = openScene();
    const run = begin(training);
    run.watch(coordinator(), 0);
    run.tellTime('step', 20, 8);
    run.tellTime('broadcast', 3);
    expect(await value('steps_total')).toBe(8);
    expect(await value('examples_total')).toBe(400);
    expect(await value('phase_duration_seconds_sum{phase="step"}')).toBeCloseTo(0.16);
    expect(await value('phase_duration_seconds_count{phase="broadcast"}')).toBe(1);
  });

  it('tell workers by what they do', async () => {
    const { training, value } = openScene();
    const membership = new Membership();
    for (const n of [1, 2, 3]) membership.add({ workerId: `t${n}`, role: 'trainer', ...place });
    training.idle = (role) => (role === 'attacker' ? 4 : 0);
    const run = begin(training);
    run.watch(coordinator({ membership }), 0);
    run.tell({ kind: 'mode', mode: 'fused', spareTrainers: 1, spareAttackers: 0 });
    expect(await value('workers{role="trainer",state="working"}')).toBe(2);
    expect(await value('workers{role="trainer",state="spare"}')).toBe(1);
    expect(await value('workers{role="attacker",state="idle"}')).toBe(4);
    run.end();
    expect(await value('workers{role="trainer",state="working"}')).toBe(0);
    expect(await value('ready_tasks{kind="pass"}')).toBe(0);
  });

  it('tell what the robustness probe found', async () => {
    const { training, value } = openScene();
    const run = begin(training);
    const probe = { kind: 'probe', step: 10, errors: { pgd: 0.4 }, gradientCosine: 0.9 } as const;
    run.tell({ ...probe, collapsed: false, action: 'none' });
    expect(await value('probe_error_ratio{run="a-run",net="net",attack="pgd"}')).toBe(0.4);
    expect(await value('probe_gradient_cosine{run="a-run",net="net"}')).toBe(0.9);
    run.tell({ ...probe, collapsed: true, action: 'rollback' });
    expect([await value('collapses_total'), await value('rollbacks_total')]).toEqual([1, 1]);
  });

  it('stay a little when it has ended, without what no longer moves', async () => {
    const { training, value } = openScene();
    const run = begin(training);
    run.watch(coordinator(), 0);
    run.tell({ kind: 'progress', step: 41, lastStep: 100, epoch: 3, epochs: 5, loss: 0.6, examplesPerSecond: 900 });
    run.end();
    expect(await value('training_loss_nats{run="a-run",net="net"}')).toBe(0.6);
    expect(await value('run_steps{run="a-run",net="net"}')).toBe(40);
    expect(await value('throughput_examples_per_second{run="a-run",net="net"}')).toBeUndefined();
    expect(await value('checkpoint_age_seconds{run="a-run",net="net"}')).toBeUndefined();
  });

  it('of a run that is begun again are its own, and leave once', async () => {
    const { training, value } = openScene();
    const first = begin(training);
    first.watch(coordinator(), 0);
    first.end();
    const second = begin(training);
    second.watch(coordinator({ step: 70 }), 60);
    for (let n = 0; n < 10; n++) begin(training, `other-${n}`).end();
    expect(await value('run_steps{run="a-run",net="net"}')).toBe(70);
  });

  it('leave the registry with their run: a sweep of 1,000 does not grow it', async () => {
    const { training, samples, value } = openScene();
    const train = (n: number) => {
      const run = begin(training, `run-${n}`, n % 2 ? 'twin' : 'net');
      run.watch(coordinator(), 0);
      run.tell({ kind: 'mode', mode: 'advance', spareTrainers: 0, spareAttackers: 0 });
      run.tell({ kind: 'progress', step: 41, lastStep: 100, epoch: 3, epochs: 5, loss: 0.6, examplesPerSecond: 900 });
      run.tell({ kind: 'epoch', record: epoch });
      run.tell({ kind: 'checkpoint', which: 'last', step: 60 });
      run.tell({ kind: 'probe', step: 1, errors: { pgd: 1 }, gradientCosine: 0, collapsed: false, action: 'none' });
      run.measured('test', epoch.validation);
      run.tellTime('step', 20);
      run.end();
    };
    for (let n = 0; n < 10; n++) train(n);
    const before = await samples();
    for (let n = 10; n < 1_000; n++) train(n);
    const after = await samples();
    expect(after).toHaveLength(before.length);
    expect(after.filter((line) => line.includes('run="run-'))).not.toHaveLength(0);
    expect(after.filter((line) => /run="run-(?!99[6-9])/.test(line))).toEqual([]);
    expect(await value('steps_total')).toBe(1_000);
  });
});
