import { createHash } from 'node:crypto';
import { NatsBus, type NatsBusOptions } from '../dist/index.js';
import { bytesOf } from './bus-subjects.ts';
import { NatsServer } from './nats-server.ts';

/** Busses at a broker of the test file's own, which are closed after each test. */
export function useBusses() {
  const busses: NatsBus[] = [];
  let server: NatsServer;
  beforeAll(async () => {
    server = await NatsServer.start();
  });
  afterEach(async () => {
    await Promise.all(busses.splice(0).map((bus) => bus.close()));
  });
  return async (options: Partial<NatsBusOptions> = {}): Promise<NatsBus> => {
    const bus = await NatsBus.connect({ servers: server.url, name: 'test', waitForServer: false, ...options });
    busses.push(bus);
    return bus;
  };
}

/** All that was sent before has been heard. */
export async function settled(...busses: NatsBus[]): Promise<void> {
  for (const bus of busses) await bus.flush();
  for (const bus of busses) await bus.flush();
}

export function sha256(values: Float32Array): string {
  return createHash('sha256').update(bytesOf(values)).digest('hex');
}
