import { join } from 'node:path';
import { findNatsServer, howToGetNatsServer, roles } from '@sparring/runtime';
import type { CredentialsOptions } from '../commands/credentials.js';
import { invocation, shortPath } from '../presentation/invocation.js';
import { openScreen, type Screen } from '../presentation/screen.js';
import { writeComposeCredentials } from './compose/write-compose-credentials.js';
import { credentialFiles, newPasswords } from './credential-files.js';
import { type PlannedBroker, planBroker } from './plan-broker.js';
import { refuseToReplace, writeSecretFiles } from './write-secret-files.js';

/** Writes the broker's configuration and each role's credentials, and says what to do with them. */
export async function writeCredentials(options: CredentialsOptions): Promise<void> {
  if (options.compose !== undefined) return writeComposeCredentials({ ...options, compose: options.compose });
  const broker = planBroker(options);
  const files = credentialFiles({ ...broker, passwords: newPasswords() });
  if (!options.force) refuseToReplace(broker.folder, [...files.keys()]);
  await writeSecretFiles(broker.folder, files);
  const screen = openScreen(options);
  screen.result({ folder: broker.folder, files: [...files.keys()], url: broker.url, store: broker.storeFolder });
  tell(screen, broker, [...files.keys()]);
}

function tell(screen: Screen, { folder, url, tls, listen }: PlannedBroker, names: readonly string[]): void {
  const path = (name: string) => shortPath(join(folder, name));
  const command = invocation();
  screen.say(`Wrote, readable by you alone:`);
  for (const name of names) screen.say(`  ${path(name)}`);
  screen.say();
  screen.say(`Go on with, each where it is to run, with its own file and no other:`);
  screen.say(`  nats-server -c ${path('nats-server.conf')}`);
  for (const role of roles.filter((role) => role !== 'client')) {
    screen.say(`  ${command} ${role} --credentials ${path(`${role}.env`)}`);
  }
  screen.say(`  ${command} train demo --credentials ${path('client.env')}`);
  screen.say();
  screen.say(`Processes are told to connect to ${url}.`);
  if (!tls && !['127.0.0.1', '::1', 'localhost'].includes(listen.host)) {
    screen.say('Connections are not encrypted: where the network is not yours alone, give --tls-cert and --tls-key.');
  }
  if (findNatsServer() === null) screen.say(`This machine has no nats-server. To get it: ${howToGetNatsServer}.`);
}
