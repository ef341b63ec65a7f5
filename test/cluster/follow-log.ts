import { closeSync, existsSync, type FSWatcher, openSync, readSync, statSync, watch } from 'node:fs';
import { dirname } from 'node:path';
import { Chronicle } from './chronicle.ts';

/** The lines of JSON that are added to a file from now on; its folder must be there. */
export function followLog<Line>(file: string): { readonly lines: Chronicle<Line>; readonly stop: () => void } {
  const lines = new Chronicle<Line>();
  let offset = existsSync(file) ? statSync(file).size : 0;
  let rest = '';
  const read = () => {
    if (!existsSync(file)) return;
    const descriptor = openSync(file, 'r');
    const bytes = Buffer.alloc(65_536);
    for (let length = readSync(descriptor, bytes, 0, bytes.length, offset); length > 0; ) {
      offset += length;
      const parts = (rest + bytes.toString('utf8', 0, length)).split('\n');
      rest = parts.pop()!;
      for (const part of parts) lines.add(JSON.parse(part) as Line);
      length = readSync(descriptor, bytes, 0, bytes.length, offset);
    }
    closeSync(descriptor);
  };
  const watcher: FSWatcher = watch(dirname(file), { persistent: false }, read);
  return { lines, stop: () => watcher.close() };
}
