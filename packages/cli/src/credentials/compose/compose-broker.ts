import { type BrokerRole, brokerConfig, roles, type Secret } from '@sparring/runtime';
import { passwordVariable, storeVariable } from './compose-env.js';

/** The text of deploy/nats/nats-server.conf: the broker of a container, which has its passwords in its environment. */
export function composeBroker(): string {
  return brokerConfig({
    listen: { host: '0.0.0.0', port: 4222 },
    // Its health check runs within the container.
    monitor: { host: '127.0.0.1', port: 8222 },
    storeFolder: '/data',
    mostStored: { variable: storeVariable },
    passwords: Object.fromEntries(roles.map((role) => [role, { variable: passwordVariable(role) }])) as Record<
      BrokerRole,
      Secret
    >,
    tls: null,
  });
}
