import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import type { ChildPlan, SupervisorEvent } from '../dist/up/child-plan.js';
import { Supervisor } from '../dist/up/supervisor.js';
import { Witness } from './witness.ts';

const backoff = { leastMs: 20, mostMs: 80, settledMs: 30_000 };

let witness: Witness;
beforeEach(async () => {
  witness = await Witness.open();
});
afterEach(() => witness.close());

/** A running supervisor, and what it has told so far. */
function supervise(stages: ChildPlan[][], changes: Partial<typeof backoff> = {}) {
  const events: SupervisorEvent[] = [];
  const listeners = new Set<() => void>();
  const onEvent = (event: SupervisorEvent) => {
    events.push(event);
    for (const listener of listeners) listener();
  };
  const supervisor = new Supervisor(stages, { onEvent, backoff: { ...backoff, ...changes } });
  const running = supervisor.run();
  running.catch(() => {});
  const told = (enough: (events: readonly SupervisorEvent[]) => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => void (enough(events) && resolve());
      listeners.add(look);
      look();
    });
  return { supervisor, running, events, told };
}

const deaths = (events: readonly SupervisorEvent[]) => events.flatMap((event) => (event.kind === 'died' ? event : []));
const child = (name: string, script: string): ChildPlan => ({
  name,
  command: process.execPath,
  args: ['-e', script],
  refusalCode: 2,
  orderlyCodes: [0],
  graceMs: 5_000,
});

describe('a supervisor', () => {
  it('starts a killed child again, and says so', async () => {
    const { supervisor, running, events, told } = supervise([[witness.plan('trainer-1'), witness.plan('trainer-2')]]);
    const [first, other] = await Promise.all([witness.born('trainer-1'), witness.born('trainer-2')]);
    process.kill(first.pid, 'SIGKILL');
    const second = await witness.born('trainer-1');
    await told((events) => deaths(events).length === 1);
    expect(supervisor.alive()).toEqual([
      { name: 'trainer-1', pid: second.pid, uptimeMs: expect.any(Number), restarts: 1 },
      { name: 'trainer-2', pid: other.pid, uptimeMs: expect.any(Number), restarts: 0 },
    ]);
    expect(events.filter(({ name }) => name === 'trainer-1')).toEqual([
      { kind: 'started', name: 'trainer-1', pid: first.pid, restarts: 0 },
      { kind: 'died', name: 'trainer-1', how: 'SIGKILL', livedMs: expect.any(Number), againInMs: 20 },
      { kind: 'started', name: 'trainer-1', pid: second.pid, restarts: 1 },
    ]);
    await supervisor.stop();
    await running;
  });

  it('waits twice as long each time that a child dies soon', async () => {
    const { supervisor, told, events } = supervise([[child('broker', 'process.exit(1)')]]);
    await told((events) => deaths(events).length === 4);
    expect(deaths(events).map(({ how, againInMs }) => [how, againInMs])).toEqual([
      ['exit code 1', 20],
      ['exit code 1', 40],
      ['exit code 1', 80],
      ['exit code 1', 80],
    ]);
    expect(supervisor.alive()).toMatchObject([{ pid: null, restarts: 3 }]);
    await supervisor.stop();
  });

  it('forgets early deaths of a child that has lived long', async () => {
    const { supervisor, told, events } = supervise([[child('broker', 'process.exit(1)')]], { settledMs: 1 });
    await told((events) => deaths(events).length === 3);
    expect(deaths(events).map(({ againInMs }) => againInMs)).toEqual([20, 20, 20]);
    await supervisor.stop();
  });

  it('passes lines on, whole, under the name of their child', async () => {
    const script =
      "process.stderr.write('one\\ntw'); setTimeout(() => { console.error('o'); console.log('three'); }, 20)";
    const { supervisor, told, events } = supervise([[child('coordinator', script)]]);
    await told((events) => deaths(events).length === 1);
    const lines = events.flatMap((event) => (event.kind === 'line' ? [`${event.name}: ${event.line}`] : []));
    expect(lines.sort()).toEqual(['coordinator: one', 'coordinator: three', 'coordinator: two']);
    await supervisor.stop();
  });

  it('stops the last stage first, and each when the one after it is gone', async () => {
    const slowly = "process.on('SIGTERM', () => setTimeout(() => process.exit(), 50));";
    const stages = [
      [witness.plan('broker')],
      [witness.plan('coordinator', slowly)],
      [witness.plan('trainer-1', slowly), witness.plan('attacker-1', slowly)],
    ];
    const { supervisor, running, events } = supervise(stages);
    await Promise.all(stages.flat().map(({ name }) => witness.born(name)));
    await Promise.all([supervisor.stop(), supervisor.stop(), running]);
    const order = events.flatMap(({ kind, name }) => (kind === 'ended' ? name : []));
    expect(order.slice(0, 2).sort()).toEqual(['attacker-1', 'trainer-1']);
    expect(order.slice(2)).toEqual(['coordinator', 'broker']);
    expect(deaths(events)).toEqual([]);
  });

  it('tells an end in order, of one that was told to end, from a death', async () => {
    const byCode = (code: number) => `process.on('SIGTERM', () => process.exit(${code}));`;
    const { supervisor, events } = supervise([
      [{ ...witness.plan('broker', byCode(1)), orderlyCodes: [0, 1] }, witness.plan('trainer-1', byCode(1))],
    ]);
    await Promise.all(['broker', 'trainer-1'].map((name) => witness.born(name)));
    await supervisor.stop();
    expect(events.filter(({ kind }) => kind !== 'started').sort((a, b) => a.name.localeCompare(b.name))).toEqual([
      { kind: 'ended', name: 'broker', livedMs: expect.any(Number) },
      { kind: 'died', name: 'trainer-1', how: 'exit code 1', livedMs: expect.any(Number), againInMs: null },
    ]);
  });

  it('kills what does not end within its grace', async () => {
    const { supervisor, events } = supervise([
      [witness.plan('deaf', "process.on('SIGTERM', () => {});", 50), witness.plan('stopped', '', 50)],
    ]);
    const [, stopped] = await Promise.all([witness.born('deaf'), witness.born('stopped')]);
    process.kill(stopped.pid, 'SIGSTOP');
    await supervisor.stop();
    expect(deaths(events).map(({ how }) => how)).toEqual(['SIGKILL', 'SIGKILL']);
  });

  it('starts nobody again once it stops', async () => {
    const { supervisor, told, events } = supervise([[child('broker', 'process.exit(1)')]]);
    await told((events) => deaths(events).length === 1);
    await supervisor.stop();
    const before = events.length;
    await setTimeout(2 * backoff.leastMs);
    expect(events).toHaveLength(before);
  });

  it('fails with the message of a child that was started wrongly, and takes the others down', async () => {
    const { running, supervisor } = supervise([
      [witness.plan('broker')],
      [child('trainer-1', "console.error('sparring: --threads: got 0'); process.exit(2)")],
    ]);
    await expect(running).rejects.toThrow('trainer-1 refuses how it was started: sparring: --threads: got 0');
    expect(supervisor.alive().map(({ pid }) => pid)).toEqual([null, null]);
  });

  it('starts a child again that ends by such a code for another reason', async () => {
    const plan = { ...child('broker', 'process.exit(2)'), refusalCode: null };
    const { supervisor, running, told } = supervise([[plan]]);
    await told((events) => deaths(events).length === 2);
    await supervisor.stop();
    await running;
  });

  it('fails where a command is not there', async () => {
    const { running } = supervise([
      [{ name: 'broker', command: '/none/nats-server', args: [], refusalCode: null, orderlyCodes: [], graceMs: 1 }],
    ]);
    await expect(running).rejects.toThrow('broker refuses how it was started: spawn /none/nats-server ENOENT');
  });
});

describe('children', () => {
  const module = new URL('../dist/up/supervisor.js', import.meta.url).href;
  const started: ChildProcess[] = [];
  afterEach(() => {
    for (const process of started.splice(0)) process.kill('SIGKILL');
  });

  function superviseElsewhere(plans: ChildPlan[]): ChildProcess {
    const script = `import { Supervisor } from '${module}';
      await new Supervisor([${JSON.stringify(plans)}], { onEvent: () => {} }).run();`;
    const process_ = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
    started.push(process_);
    return process_;
  }

  /** Of processes that match, as `ps` tells it. */
  function pidsOf(parent: number, words: string): number[] {
    return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
      .split('\n')
      .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
      .flatMap((found) => (found && Number(found[2]) === parent && found[3]!.includes(words) ? Number(found[1]) : []));
  }

  it('die with a supervisor that is killed, hung and stopped ones too', async () => {
    const names = ['plain', 'deaf', 'stopped'];
    const supervisor = superviseElsewhere([
      witness.plan('plain'),
      witness.plan('deaf', "process.on('SIGTERM', () => {}); process.on('SIGHUP', () => {});"),
      witness.plan('stopped'),
    ]);
    const lives = await Promise.all(names.map((name) => witness.born(name)));
    process.kill(lives[2]!.pid, 'SIGSTOP');
    supervisor.kill('SIGKILL');
    await Promise.all(lives.map(({ gone }) => gone));
  });

  it('die with it also where their guard had been killed before', async () => {
    const supervisor = superviseElsewhere([witness.plan('plain')]);
    const life = await witness.born('plain');
    const [guard] = pidsOf(supervisor.pid!, 'orphan-guard');
    process.kill(guard!, 'SIGKILL');
    const others = () => pidsOf(supervisor.pid!, 'orphan-guard').filter((pid) => pid !== guard);
    while (others().length === 0) await setTimeout(20);
    supervisor.kill('SIGKILL');
    await life.gone;
  });

  it('leave nobody behind when it ends in order', async () => {
    const { supervisor } = supervise([[witness.plan('plain')]]);
    await witness.born('plain');
    const guards = pidsOf(process.pid, 'orphan-guard');
    expect(guards.length).toBeGreaterThan(0);
    await supervisor.stop();
    while (pidsOf(process.pid, 'orphan-guard').length > 0) await setTimeout(20);
  });

  it("do not hear a terminal's Ctrl-C, which is for the supervisor", async () => {
    const { supervisor } = supervise([[witness.plan('plain')]]);
    const { pid } = await witness.born('plain');
    const group = execFileSync('ps', ['-o', 'pgid=', '-p', String(pid)], { encoding: 'utf8' });
    expect(Number(group)).toBe(pid);
    await supervisor.stop();
  });
});
