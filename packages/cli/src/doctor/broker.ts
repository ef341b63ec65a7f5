import { execFileSync } from 'node:child_process';
import { findNatsServer, howToGetNatsServer } from '@sparring/runtime';
import { invocation } from '../presentation/invocation.js';
import { absent, type Finding, present } from './finding.js';

/** The broker that `sparring up` starts; trainings in one process need none. */
export function examineBroker(): Finding[] {
  const path = findNatsServer();
  if (path === null) {
    return [
      absent(
        'cluster',
        'nats-server',
        `not there: ${invocation()} up, which starts a cluster here, needs it`,
        howToGetNatsServer,
      ),
    ];
  }
  try {
    const version = execFileSync(path, ['--version'], { encoding: 'utf8', timeout: 5_000 }).trim();
    return [present('cluster', 'nats-server', `${version.replace('nats-server: ', '')} (${path})`)];
  } catch (error) {
    return [absent('cluster', 'nats-server', `${path} does not run: ${(error as Error).message}`, howToGetNatsServer)];
  }
}
