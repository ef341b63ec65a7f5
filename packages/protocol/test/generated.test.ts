import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');
const made = 'packages/protocol/src/generated';
let copy: string;

/** What a build needs of the repository to look whether the generated code is up to date. */
beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'sparring-generated-'));
  for (const part of ['.config', 'proto', made]) cpSync(join(root, part), join(copy, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'dir');
});

afterEach(() => rmSync(copy, { recursive: true }));

function check(): { status: number | null; stderr: string } {
  return spawnSync(process.execPath, [join(copy, '.config/proto.mjs'), '--check'], { encoding: 'utf8' });
}

test('the generated code is made of /proto as it is', () => {
  expect(check()).toMatchObject({ status: 0, stderr: '' });
});

test.each(['proto/sparring/v1/work.proto', `${made}/messages.js`, `${made}/messages.d.ts`])(
  'the build fails once %s was changed, and says what to do',
  (file) => {
    appendFileSync(join(copy, file), '// changed\n');
    expect(check()).toMatchObject({ status: 1, stderr: expect.stringContaining('npm run proto') });
  },
);
