import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { composeBroker } from './compose-broker.js';

// Run after a change of what a role may do: node packages/cli/dist/credentials/compose/write-compose-broker.js
writeFileSync(fileURLToPath(new URL('../../../../../deploy/nats/nats-server.conf', import.meta.url)), composeBroker());
