// Makes a clone ready to run: checks Node, installs what package-lock.json lists, builds. Run before `npm start` and
// `npm test`; where all is in place it costs about half a second. Needs nothing but Node itself.
import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { constants } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const oldestNode = '20.15';
const root = dirname(dirname(fileURLToPath(import.meta.url)));

process.exitCode = await setUp();

async function setUp() {
  const [[major, minor], [leastMajor, leastMinor]] = [process.versions.node, oldestNode].map((v) =>
    v.split('.').map(Number),
  );
  if (major < leastMajor || (major === leastMajor && minor < leastMinor)) {
    say(
      `needs Node ${oldestNode} or newer, this is ${process.version}. See https://nodejs.org, or: nvm install ${leastMajor}`,
    );
    return 1;
  }
  return (await install()) || (await build());
}

/** Installs where node_modules is missing, incomplete, or older than the lock file. npm writes its own lock file last. */
async function install() {
  const installedAt = modifiedAt('node_modules/.package-lock.json');
  if (installedAt >= modifiedAt('package-lock.json')) return 0;
  say(
    `${installedAt ? 'package-lock.json has changed: ' : ''}installing what it needs with npm ci; this may take a minute …`,
  );
  const [command, ...args] = npm();
  return run(command, [...args, 'ci', '--loglevel=error', '--no-audit', '--no-fund'], {
    stdio: 'inherit',
    // Whoever wants onnxruntime-node's CUDA libraries, half a gigabyte, says so by this variable.
    env: { ONNXRUNTIME_NODE_INSTALL: 'skip', ...process.env },
  });
}

/** Builds what has changed; turbo knows what that is. Its output is shown where it fails. */
async function build() {
  const output = [];
  const patience = setTimeout(() => say('building …'), 1_000);
  const turbo = join(root, 'node_modules', 'turbo', 'bin', 'turbo');
  const code = await run(process.execPath, [turbo, 'run', 'build', '--output-logs=errors-only'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' },
    onOutput: (chunk) => output.push(chunk),
  });
  clearTimeout(patience);
  if (code !== 0) process.stderr.write(Buffer.concat(output));
  return code;
}

/** Runs a program in the root and resolves with its exit code, 128 + n for signal n as shells have it. */
function run(command, args, { onOutput, ...options }) {
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

/** The npm that runs this script, else the one on the path. */
function npm() {
  const script = process.env.npm_execpath ?? '';
  return basename(script) === 'npm-cli.js' ? [process.execPath, script] : ['npm'];
}

/** Milliseconds; 0 where there is no such file. */
function modifiedAt(file) {
  return statSync(join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function say(text) {
  process.stderr.write(`sparring: ${text}\n`);
}
