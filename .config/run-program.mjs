import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Runs a program in the root and resolves with its exit code, 128 + n for signal n as shells have it. */
export function run(command, args, { onOutput, ...options }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      shell: command === 'npm' && process.platform === 'win32',
      ...options,
    });
    let interrupted = 0;
    // A terminal sends Ctrl-C to the child as well: it ends first, in its own way, and nothing runs after it.
    const listeners = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => [signal, () => interrupt(signal)]);
    const interrupt = (signal) => {
      interrupted = 128 + constants.signals[signal];
      if (signal !== 'SIGINT') child.kill(signal);
    };
    for (const [signal, listener] of listeners) process.on(signal, listener);
    const done = (code) => {
      for (const [signal, listener] of listeners) process.off(signal, listener);
      resolve(interrupted || code);
    };
    child.stdout?.on('data', onOutput);
    child.stderr?.on('data', onOutput);
    child.on('error', (error) => {
      say(`${basename(command)} cannot be run: ${error.message}`);
      done(1);
    });
    child.on('close', (code, signal) => done(code ?? 128 + constants.signals[signal]));
  });
}

/** Like run, but shows what the program says only where it fails. */
export async function runQuietly(command, args, options) {
  const output = [];
  const stdio = ['ignore', 'pipe', 'pipe'];
  const code = await run(command, args, { ...options, stdio, onOutput: (chunk) => output.push(chunk) });
  if (code !== 0) process.stderr.write(Buffer.concat(output));
  return code;
}

export function say(text) {
  process.stderr.write(`sparring: ${text}\n`);
}
