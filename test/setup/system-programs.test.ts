import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

interface System {
  hasApt: boolean;
  isRoot: boolean;
  hasSystemd: boolean;
  policyFile: string;
}

const module = '../../.config/system-programs.mjs';
const { installSystemPrograms } = (await import(module)) as {
  installSystemPrograms(programs: readonly object[], system: System): Promise<number>;
};

const example = {
  name: 'sparring-example',
  debianPackage: 'example-package',
  service: 'example.service',
  elsewhere: 'brew install example',
};

// apt-get and systemctl are stood in for by scripts that note how they were called: the real ones change the machine.
let folder: string;
let said: string[];
let system: System;
const path = process.env.PATH;
const { write } = process.stderr;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sparring-programs-'));
  process.env.PATH = `${folder}${delimiter}${path}`;
  said = [];
  process.stderr.write = (text) => said.push(String(text)) > 0;
  system = { hasApt: true, isRoot: true, hasSystemd: true, policyFile: join(folder, 'policy-rc.d') };
  script('systemctl', 'echo "systemctl $*" >> calls');
});
afterEach(() => {
  process.stderr.write = write;
  process.env.PATH = path;
  rmSync(folder, { recursive: true, force: true });
});

function script(name: string, body: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\ncd ${folder}\n${body}\n`);
  chmodSync(join(folder, name), 0o755);
}

const calls = () => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');

test('root gets a missing program from apt, which starts no service, and is told so before', async () => {
  script('apt-get', 'echo "apt-get $*, services: $(tail -1 policy-rc.d), $DEBIAN_FRONTEND" >> calls');
  expect(await installSystemPrograms([example], system)).toBe(0);
  expect(calls()).toEqual([
    'apt-get -o DPkg::Lock::Timeout=120 update, services: exit 101, noninteractive',
    'apt-get -o DPkg::Lock::Timeout=120 install -y --no-install-recommends example-package, services: exit 101, noninteractive',
    'systemctl disable --now example.service',
  ]);
  expect(existsSync(system.policyFile)).toBe(false);
  expect(said).toEqual([
    'sparring: the tests need example-package: running apt-get update && apt-get install -y --no-install-recommends example-package; no service is started …\n',
  ]);
});

test('a machine whose services have a policy keeps it', async () => {
  script('apt-get', 'true');
  writeFileSync(system.policyFile, 'its own');
  await installSystemPrograms([example], { ...system, hasSystemd: false });
  expect(readFileSync(system.policyFile, 'utf8')).toBe('its own');
  expect(existsSync(join(folder, 'calls'))).toBe(false);
});

test('an installation that fails is shown, and fails nothing else', async () => {
  script('apt-get', 'echo "E: Unable to fetch"; exit 100');
  expect(await installSystemPrograms([example], system)).toBe(0);
  expect(said.slice(1)).toEqual([
    'E: Unable to fetch\n',
    'sparring: example-package could not be installed; tests that need it are not run\n',
  ]);
  expect(existsSync(system.policyFile)).toBe(false);
});

test('whoever may not install is told how', async () => {
  await installSystemPrograms([example], { ...system, isRoot: false });
  await installSystemPrograms([example], { ...system, hasApt: false });
  const missing = 'sparring: sparring-example is not here, and tests that need it are not run; to get it:';
  expect(said).toEqual([`${missing} sudo apt-get install example-package\n`, `${missing} brew install example\n`]);
});

test('nothing is done where nothing is missing', async () => {
  script('sparring-example', 'true');
  expect(await installSystemPrograms([example], system)).toBe(0);
  expect(said).toEqual([]);
});
