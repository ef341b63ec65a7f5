// Programs that the tests need and that npm does not have. On a Debian-like system they are installed where root asks for it; anywhere
// else one line says how to get them. Where there are none, the tests that need them are not run.
import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run, runQuietly, say } from './run-program.mjs';

const systemPrograms = [
  {
    name: 'nats-server',
    debianPackage: 'nats-server',
    service: 'nats-server.service',
    elsewhere: 'brew install nats-server, or https://github.com/nats-io/nats-server/releases',
  },
  {
    name: 'chromium',
    otherNames: ['chromium-browser', 'google-chrome', 'google-chrome-stable'],
    debianPackage: 'chromium',
    elsewhere: 'brew install --cask chromium, or https://www.chromium.org/getting-involved/download-chromium',
  },
  {
    name: 'prometheus',
    debianPackage: 'prometheus',
    service: 'prometheus.service',
    elsewhere: 'brew install prometheus, or https://prometheus.io/download',
  },
];

/** Resolves with 0, whatever could be installed, or with the code of whoever interrupted it. */
export async function installSystemPrograms(programs = systemPrograms, system = thisSystem) {
  const missing = programs.filter(({ name, otherNames = [] }) => ![name, ...otherNames].some(isInstalled));
  if (missing.length === 0) return 0;
  const packages = missing.map(({ debianPackage }) => debianPackage);
  const install = ['install', '-y', '--no-install-recommends', ...packages];
  if (!system.hasApt || !system.isRoot) {
    for (const { name, debianPackage, elsewhere } of missing) {
      const how = system.hasApt ? `sudo apt-get install ${debianPackage}` : elsewhere;
      say(`${name} is not here, and tests that need it are not run; to get it: ${how}`);
    }
    return 0;
  }
  say(
    `the tests need ${packages.join(', ')}: running apt-get update && apt-get ${install.join(' ')}; no service is started …`,
  );
  const code = await withoutServices(missing, system, async () => (await apt(['update'])) || apt(install));
  if (code > 128) return code;
  if (code !== 0) say(`${packages.join(', ')} could not be installed; tests that need it are not run`);
  return 0;
}

/** Debian starts the service of a package that it installs, unless this file forbids it. */
async function withoutServices(programs, { policyFile, hasSystemd }, install) {
  const isMine = !existsSync(policyFile);
  if (isMine) writeFileSync(policyFile, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    const code = await install();
    const services = programs.map(({ service }) => service).filter(Boolean);
    // Else they would be started with the machine.
    if (code === 0 && hasSystemd && services.length > 0)
      await run('systemctl', ['disable', '--now', ...services], { stdio: 'ignore', env: process.env });
    return code;
  } finally {
    if (isMine) rmSync(policyFile, { force: true });
  }
}

function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return runQuietly('apt-get', ['-o', 'DPkg::Lock::Timeout=120', ...args], { env });
}

/** Debian's daemons lie where users' paths do not lead. */
function isInstalled(name) {
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    '/usr/sbin',
    '/usr/local/sbin',
    '/usr/local/bin',
    '/opt/homebrew/bin',
  ];
  return folders.some((folder) => statSync(join(folder, name), { throwIfNoEntry: false })?.isFile());
}

const thisSystem = {
  hasApt: existsSync('/usr/bin/apt-get'),
  isRoot: process.getuid?.() === 0,
  hasSystemd: existsSync('/run/systemd/system'),
  policyFile: '/usr/sbin/policy-rc.d',
};
