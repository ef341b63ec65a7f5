import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { asRunFolderError, makeFolder } from '@sparring/runtime';
import { UsageError } from '../commands/usage-error.js';
import { shortPath } from '../presentation/invocation.js';

/**
 * Writes files that their owner alone may read (0600), into folders that it makes where they are missing (0700). All are on the
 * disk under other names before the first comes into its place: a full disk, or a folder that may not be written, changes nothing.
 */
export async function writeSecretFiles(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  const written: { readonly scratch: string; readonly file: string }[] = [];
  const created: string[] = [];
  try {
    for (const [name, content] of files) {
      const file = join(folder, name);
      written.push({ scratch: await writeScratch(file, content), file });
    }
    for (const { scratch, file } of written) {
      const isNew = !existsSync(file);
      await rename(scratch, file);
      if (isNew) created.push(file);
    }
  } catch (error) {
    const left = [...written.map(({ scratch }) => scratch), ...created];
    await Promise.all(left.map((file) => unlink(file).catch(() => {})));
    throw asRunFolderError(error, `write into ${folder}`);
  }
}

/** @throws UsageError when one of the files is there: passwords that are in use are replaced only where that is asked for */
export function refuseToReplace(folder: string, names: readonly string[]): void {
  const there = names.find((name) => existsSync(join(folder, name)));
  if (there === undefined) return;
  const file = shortPath(join(folder, there));
  throw new UsageError(
    `${file} is there already, and a cluster may use it: name another folder, or replace it with --force`,
  );
}

async function writeScratch(file: string, content: string): Promise<string> {
  await makeFolder(dirname(file), 0o700);
  const scratch = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}.tmp`);
  const handle = await open(scratch, 'wx', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } catch (error) {
    await unlink(scratch).catch(() => {});
    throw error;
  } finally {
    await handle.close();
  }
  return scratch;
}
