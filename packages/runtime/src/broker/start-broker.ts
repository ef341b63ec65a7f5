import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { findNatsServer, howToGetNatsServer } from './find-nats-server.js';

/** A nats-server that this process started. */
export interface StartedBroker {
  readonly url: string;
  readonly process: ChildProcess;
  /** Ends it and waits until it is gone. */
  stop(): Promise<void>;
}

/**
 * Starts nats-server with a configuration file and resolves when it takes connections. It ends with `stop` only: whoever
 * starts it must stop it.
 * @throws when there is no nats-server, or when it ends before it is ready, with what it said
 */
export async function startBroker(
  configFile: string,
  onLine: (line: string) => void = () => {},
): Promise<StartedBroker> {
  const program = findNatsServer();
  if (program === null) throw new Error(`nats-server: not found on this machine; to get it: ${howToGetNatsServer}`);
  const child = spawn(program, ['-c', configFile], { stdio: ['ignore', 'ignore', 'pipe'] });
  const url = await addressWhenReady(child, onLine);
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  };
  return { url, process: child, stop };
}

function addressWhenReady(child: ChildProcess, onLine: (line: string) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    let url = '';
    let ready = false;
    createInterface({ input: child.stderr! }).on('line', (line) => {
      onLine(line);
      if (ready) return;
      said.push(line);
      url = /Listening for client connections on (\S+)/.exec(line)?.[1] ?? url;
      ready = line.includes('Server is ready');
      if (ready) resolve(`nats://${url.replace('0.0.0.0', '127.0.0.1').replace('[::]', '[::1]')}`);
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      const why = said.filter((line) => /\[(FTL|ERR)\]/.test(line));
      reject(
        new Error(`nats-server ended by ${signal ?? `exit code ${code}`}: ${(why.length > 0 ? why : said).join('\n')}`),
      );
    });
  });
}
