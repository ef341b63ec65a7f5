import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

const runtime = new URL('../dist/index.js', import.meta.url).href;
const posix = process.platform === 'win32' ? it.skip : it;

/** A process that handles signals by `handler` (source text) and has said its pid. */
async function start(handler: string, under: { command?: string[]; _?: string } = {}) {
  const script = `import { onShutdown, respectNohup } from '${runtime}';
    respectNohup();
    onShutdown(${handler}); setInterval(() => {}, 1000); console.log(process.pid);`;
  const [command, ...args] = [...(under.command ?? []), process.execPath, '--input-type=module', '-e', script];
  // As a shell has `_`; what started these tests may itself be nohup.
  const env = { ...process.env, _: under._ ?? command };
  const child: ChildProcess = spawn(command!, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
  const [said] = (await once(child.stdout!, 'data')) as [Buffer];
  return Object.assign(child, { ownPid: Number(said) });
}

async function exitCode(child: ChildProcess): Promise<number | null> {
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

describe('onShutdown', () => {
  posix.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('lets %s end in order, with exit code %i', async (signal, code) => {
    const child = await start(
      "(signal, code) => { console.log('ending', signal); process.exitCode = code; setTimeout(() => process.exit(), 1); }",
    );
    const said = once(child.stdout!, 'data');
    child.kill(signal);
    expect(String((await said)[0])).toBe(`ending ${signal}\n`);
    expect(await exitCode(child)).toBe(code);
  });

  posix('ends at once, by the signal, on a second one', async () => {
    const child = await start("() => { setTimeout(() => console.log('patience'), 400); }");
    const said = once(child.stdout!, 'data');
    child.kill('SIGINT');
    await said;
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([null, 'SIGINT']);
  });

  posix('takes two signals in quick succession for one', async () => {
    const child = await start('() => { setTimeout(() => process.exit(7), 500); }');
    child.kill('SIGINT');
    child.kill('SIGINT');
    expect(await exitCode(child)).toBe(7);
  });

  posix('takes a second hang-up, as of the kernel after the shell, for no impatience', async () => {
    const child = await start("() => { setTimeout(() => console.log('patience'), 400); }");
    const said = once(child.stdout!, 'data');
    child.kill('SIGHUP');
    await said;
    child.kill('SIGHUP');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([null, 'SIGTERM']);
  });

  posix.each([
    ['nohup', { command: ['nohup'] }],
    ['a shell that nohup started', { command: ['nohup', 'sh', '-c', '"$0" "$@" & wait'], _: 'sh' }],
  ])('does not hear a hang-up under %s', async (_, under) => {
    const child = await start("(signal) => { console.log('ending', signal); process.exit(); }", under);
    const said = once(child.stdout!, 'data');
    process.kill(child.ownPid, 'SIGHUP');
    process.kill(child.ownPid, 'SIGTERM');
    expect(String((await said)[0])).toBe('ending SIGTERM\n');
  });
});
