import { chownSync, existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { makeFolder } from '@sparring/runtime';
import type { CredentialsOptions } from '../../commands/credentials.js';
import { UsageError } from '../../commands/usage-error.js';
import { invocation, shortPath } from '../../presentation/invocation.js';
import { openScreen, type Screen } from '../../presentation/screen.js';
import { mostStoredIn } from '../../up/store-place.js';
import { newPasswords, roleFiles } from '../credential-files.js';
import { checkUrl, readCa } from '../plan-broker.js';
import { refuseToReplace, writeSecretFiles } from '../write-secret-files.js';
import { composeEnv, withNewSecrets } from './compose-env.js';

export interface ComposeOptions extends CredentialsOptions {
  readonly compose: string;
}

/**
 * Writes into the folder of a compose.yaml all that it needs to be started: passwords in `.env`, files for whoever connects from outside
 * in `credentials`, and the folders `data` and `runs`, which containers see. With `force`, passwords are new, and what else `.env` says stays.
 */
export async function writeComposeCredentials(options: ComposeOptions): Promise<void> {
  const folder = composeFolder(options);
  const url = checkUrl(options.url ?? 'nats://127.0.0.1:4222');
  const ca = options.tlsCa === undefined ? null : readCa(options.tlsCa);
  const passwords = newPasswords();
  const env = join(folder, '.env');
  const user = userOfContainers();
  const files = new Map([['.env', composeEnv(passwords, { ...user, mostStored: await mostStoredIn(folder) })]]);
  if (options.force && existsSync(env))
    files.set('.env', withNewSecrets(readFileSync(env, 'utf8'), files.get('.env')!));
  for (const [name, text] of roleFiles({ passwords, url, ca })) files.set(join('credentials', name), text);
  if (!options.force) refuseToReplace(folder, [...files.keys()]);
  await writeSecretFiles(folder, files);
  for (const name of ['data', 'runs']) await makeFolder(join(folder, name));
  // root's runs are written by a user of the containers, who is not root.
  if (process.getuid?.() === 0) chownSync(join(folder, 'runs'), user.uid, user.gid);
  const screen = openScreen(options);
  screen.result({ folder, files: [...files.keys()], url });
  tell(screen, folder, [...files.keys()]);
}

function composeFolder({ compose, folder, listen, store, storeSize, tlsCert, tlsKey }: ComposeOptions): string {
  const told = {
    folder,
    '--listen': listen,
    '--store': store,
    '--store-size': storeSize,
    '--tls-cert': tlsCert,
    '--tls-key': tlsKey,
  };
  for (const [name, value] of Object.entries(told)) {
    if (value === undefined) continue;
    throw new UsageError(`${name}: got ${JSON.stringify(value)}; takes nothing beside --compose: its files say that`);
  }
  if (existsSync(join(compose, 'compose.yaml'))) return resolve(compose);
  throw new UsageError(`--compose: got ${JSON.stringify(compose)}; takes the folder of a compose.yaml, as deploy`);
}

/** Who starts the cluster also owns what it fetches; root does not: no container runs as root. */
function userOfContainers(): { readonly uid: number; readonly gid: number } {
  const [uid, gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
  return uid === 0 ? { uid: 10_001, gid: 10_001 } : { uid, gid };
}

function tell(screen: Screen, folder: string, names: readonly string[]): void {
  screen.say('Wrote, readable by you alone:');
  for (const name of names) screen.say(`  ${shortPath(join(folder, name))}`);
  screen.say();
  screen.say('Go on with:');
  screen.say(`  docker compose --file ${shortPath(join(folder, 'compose.yaml'))} up --build --detach --wait`);
  screen.say(`  ${invocation()} train demo --credentials ${shortPath(join(folder, 'credentials', 'client.env'))}`);
  screen.say();
  screen.say(`Dashboards: http://localhost:3000, user admin; the password is GRAFANA_ADMIN_PASSWORD in .env.`);
}
