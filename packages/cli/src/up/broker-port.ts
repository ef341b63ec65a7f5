import { setTimeout as delay } from 'node:timers/promises';
import { freePort, inboxPrefix, NatsBus, RunFolderError } from '@sparring/runtime';

export interface BrokerBefore {
  readonly host: string;
  readonly port: number;
  /** By which a broker is known to be this state's own; null where there was none before. */
  readonly clientPassword: string | null;
  /** The state's folder. */
  readonly folder: string;
}

/** Longer than the guard of an `up` that was killed takes to end what it left. */
const leftoversMs = 2_000;

/**
 * A port for the broker: that of before where it is free, else any.
 * @throws RunFolderError when the broker of before still runs: two that share a store would destroy it
 */
export async function brokerPort(before: BrokerBefore): Promise<number> {
  const { host, port: wished, folder } = before;
  for (const endsAt = performance.now() + leftoversMs; ; await delay(100)) {
    const port = await freePort(wished, host);
    if (port === wished || !(await isRunning(before))) return port;
    if (performance.now() < endsAt) continue;
    const what = `its broker still runs at nats://${host}:${wished}, though the "sparring up" that started it is gone`;
    throw new RunFolderError(`${folder}: ${what}. End it and the processes beside it: their pids are in up.log`);
  }
}

async function isRunning({ host, port, clientPassword: password }: BrokerBefore): Promise<boolean> {
  if (password === null) return false;
  try {
    const bus = await NatsBus.connect({
      ...{ servers: `nats://${host}:${port}`, name: 'sparring up', waitForServer: false },
      ...{ credentials: { user: 'client', password }, inboxPrefix: inboxPrefix('client') },
    });
    await bus.close();
    return true;
  } catch {
    // Another program's port, or it is going down.
    return false;
  }
}
