import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort, RunFolderError, type RunLock } from '@sparring/runtime';
import { claimPort, noClaim } from './port-claim.js';

export interface BrokerBefore {
  readonly host: string;
  readonly port: number;
  /** By which a broker is known to be this state's own; null where there was none before. */
  readonly clientPassword: string | null;
  /** The state's folder. */
  readonly folder: string;
}

export interface BrokerPort {
  readonly port: number;
  /** By which no other `up` takes it. */
  readonly claim: RunLock;
}

/** Longer than the guard of an `up` that was killed takes to end what it left. */
const leftoversMs = 2_000;
/** A program that says nothing for so long is not a broker. */
const silenceMs = 1_000;
/** Characters: a broker's greeting is far shorter. */
const mostSaid = 65_536;

/**
 * A port for the broker: that of before where it is free, else any.
 * @throws RunFolderError when the broker of before still runs: two that share a store would destroy it
 */
export async function brokerPort(before: BrokerBefore): Promise<BrokerPort> {
  const { host, port: wished, folder } = before;
  const claim = await claimPort(wished);
  for (const endsAt = performance.now() + leftoversMs; ; await delay(100)) {
    const port = await freePort(claim ? wished : 0, host);
    if (claim && port === wished) return { port, claim };
    if (await isRunning(before)) {
      if (performance.now() < endsAt) continue;
      await claim?.release();
      const what = `its broker still runs at nats://${host}:${wished}, though the "sparring up" that started it is gone`;
      throw new RunFolderError(`${folder}: ${what}. End it and the processes beside it: their pids are in up.log`);
    }
    await claim?.release();
    // The system gives any port to one at a time.
    return { port, claim: noClaim };
  }
}

/** Whether the broker that takes this password answers there, and neither nothing, nor another program that may never answer. */
function isRunning({ host, port, clientPassword: pass }: BrokerBefore): Promise<boolean> {
  if (pass === null) return Promise.resolve(false);
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: silenceMs });
    const conclude = (running: boolean) => {
      socket.destroy();
      resolve(running);
    };
    let said = '';
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      said += text;
      if (said.includes('PONG\r\n')) conclude(true);
      else if (said.length > mostSaid) conclude(false);
    });
    socket.on('timeout', () => conclude(false));
    socket.on('error', () => conclude(false));
    socket.on('close', () => conclude(false));
    socket.write(`CONNECT ${JSON.stringify({ user: 'client', pass, verbose: false, pedantic: false })}\r\nPING\r\n`);
  });
}
