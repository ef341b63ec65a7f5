import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

// Debian puts it where users' paths do not lead; Homebrew's folder is not on every path either.
const otherFolders = ['/usr/sbin', '/usr/local/sbin', '/usr/local/bin', '/opt/homebrew/bin'];

/** The path of nats-server, or null where this machine has none. */
export function findNatsServer(path = process.env.PATH ?? ''): string | null {
  const name = process.platform === 'win32' ? 'nats-server.exe' : 'nats-server';
  const folders = [...path.split(delimiter).filter((folder) => folder !== ''), ...otherFolders];
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

/** How to get it, for whoever has none. */
export const howToGetNatsServer =
  'apt-get install nats-server (Debian, Ubuntu), brew install nats-server (macOS), or the image docker.io/library/nats';

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
