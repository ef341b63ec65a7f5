import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BrokerSettings, brokerConfig, newPassword, type StartedBroker, startBroker } from '../dist/index.js';
import { scratchFolder } from './scratch-folder.ts';

export const passwords = {
  coordinator: newPassword(),
  trainer: newPassword(),
  attacker: newPassword(),
  client: newPassword(),
};

/** A real nats-server with sparring's permissions, on a free port. Whoever starts it stops it. */
export function startTestBroker(
  settings: Partial<BrokerSettings> = {},
  onLine?: (line: string) => void,
): Promise<StartedBroker> {
  const folder = scratchFolder();
  const file = join(folder, 'nats-server.conf');
  const listen = { host: '127.0.0.1', port: -1 };
  writeFileSync(file, brokerConfig({ listen, storeFolder: join(folder, 'store'), passwords, tls: null, ...settings }));
  return startBroker(file, onLine);
}
