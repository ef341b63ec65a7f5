// Makes a clone ready to run: checks Node, installs what package-lock.json lists, builds. Run before `npm start`, and before `npm
// test` with the word `test`, which adds the programs that tests need. Where all is in place it costs about half a second. Needs
// nothing but Node itself.
import { statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root, run, runQuietly, say } from './run-program.mjs';
import { installSystemPrograms } from './system-programs.mjs';

const oldestNode = '20.15';
const forTests = process.argv[2] === 'test';

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
  // At once: one waits for Debian's servers while the other waits for npm's.
  const [programs, built] = await Promise.all([
    forTests ? installSystemPrograms() : 0,
    install().then((code) => code || build()),
  ]);
  return built || programs;
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
  const patience = setTimeout(() => say('building …'), 1_000);
  const turbo = join(root, 'node_modules', 'turbo', 'bin', 'turbo');
  const code = await runQuietly(process.execPath, [turbo, 'run', 'build', '--output-logs=errors-only'], {
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' },
  });
  clearTimeout(patience);
  return code;
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
