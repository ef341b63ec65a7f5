import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

const runtime = new URL('../dist/index.js', import.meta.url).href;
const posix = process.platform === 'win32' ? it.skip : it;

/** A process that handles signals by `handler` (source text) and says 'ready'. */
async function start(handler: string): Promise<ChildProcess> {
  const script = `import { onShutdown } from '${runtime}';
    onShutdown(${handler}); setInterval(() => {}, 1000); console.log('ready');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'pipe'] });
  await once(child.stdout!, 'data');
  return child;
}

async function exitCode(child: ChildProcess): Promise<number | null> {
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

describe('onShutdown', () => {
  posix.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
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
});
