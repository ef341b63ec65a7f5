import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  asRunFolderError,
  type BrokerRole,
  claimRun,
  makeFolder,
  type RunLock,
  readCredentials,
  roles,
} from '@sparring/runtime';
import { credentialFiles, newPasswords } from '../credentials/credential-files.js';
import { writeSecretFiles } from '../credentials/write-secret-files.js';
import { brokerPort } from './broker-port.js';
import { adoptStore, mostStoredIn } from './store-place.js';

const host = '127.0.0.1';
const usualPort = 4222;

/** What a cluster on this machine keeps between its lives: its broker's configuration, credentials and store. */
export interface ClusterState {
  readonly brokerConfigFile: string;
  /** Each role's credentials file. */
  readonly credentials: Readonly<Record<BrokerRole, string>>;
  readonly url: string;
  /** Whoever uses the state has it alone. */
  readonly lock: RunLock;
}

/**
 * Makes the state folder, or takes it up again with its passwords and all that its broker has stored. The configuration is written
 * anew each time, so that it is this version's; the port is the one of before where that is free, else another.
 * @throws RunFolderError when another process uses the folder, its broker still runs, or it cannot be written; ConfigError when its credentials are damaged
 */
export async function openClusterState(folder: string): Promise<ClusterState> {
  const root = resolve(folder);
  await makeFolder(root, 0o700).catch((error) => {
    throw asRunFolderError(error, `create ${root}`);
  });
  const locks = [await claimRun(root, 'the cluster')];
  const release = async () => {
    for (const lock of locks.splice(0)) await lock.release();
  };
  try {
    const before = stateOfBefore(root);
    const { port, claim } = await brokerPort({ host, folder: root, ...before });
    locks.push(claim);
    return { ...(await writeState(root, port, before.passwords)), lock: { release } };
  } catch (error) {
    await release();
    throw error;
  }
}

type Passwords = Readonly<Record<BrokerRole, string>>;

/** What credentials in the folder say; new passwords for roles that have none. */
function stateOfBefore(root: string): { passwords: Passwords; port: number; clientPassword: string | null } {
  const files = credentialsIn(root);
  const passwords = newPasswords();
  let port = usualPort;
  let clientPassword: string | null = null;
  for (const role of roles.filter((role) => existsSync(files[role]))) {
    const written = readCredentials(files[role]);
    passwords[role] = written.SPARRING_NATS_PASSWORD!;
    port = Number(/:(\d+)$/.exec(written.SPARRING_NATS_URL!)?.[1] ?? usualPort);
    if (role === 'client') clientPassword = passwords.client;
  }
  return { passwords, port, clientPassword };
}

async function writeState(root: string, port: number, passwords: Passwords): Promise<Omit<ClusterState, 'lock'>> {
  const listen = { host, port };
  const url = `nats://${host}:${port}`;
  const storeFolder = join(root, 'jetstream');
  await adoptStore(storeFolder);
  const mostStored = await mostStoredIn(root, storeFolder);
  const files = credentialFiles({ listen, url, passwords, storeFolder, mostStored, tls: null, ca: null });
  await writeSecretFiles(
    root,
    new Map([...files].map(([name, content]) => [name.endsWith('.env') ? join('credentials', name) : name, content])),
  );
  return { brokerConfigFile: join(root, 'nats-server.conf'), credentials: credentialsIn(root), url };
}

function credentialsIn(root: string): Record<BrokerRole, string> {
  return Object.fromEntries(roles.map((role) => [role, join(root, 'credentials', `${role}.env`)])) as Record<
    BrokerRole,
    string
  >;
}
