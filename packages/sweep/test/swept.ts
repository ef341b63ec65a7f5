import type { WorkerBeat } from '@sparring/protocol';
import { NatsBus, NatsStore, resolveConfig, sweepsBucket, WorkQueue } from '@sparring/runtime';
// @boundaries-ignore tests of several packages start the same server
import { NatsServer } from '../../../test/nats/nats-server.ts';
import { newRecord, type OfficeEvent, SweepOffice, type SweepRecord, SweepStore } from '../dist/index.js';

const { config } = resolveConfig({ recipeOrFile: 'softmax' });

export function recordOf(changes: Partial<Parameters<typeof newRecord>[0]> = {}): SweepRecord {
  return newRecord({
    ...{ name: 'many', source: 'softmax', grid: [], seeds: [0, 1] },
    configurations: [{ label: 'many', config, dataChecksum: 'data' }],
    ...{ code: 'code', engine: 'onnx:cpu', baseline: null, failFast: false, maxAttempts: 2, prune: null },
    ...{ published: null, ...changes },
  });
}

export interface Swept {
  readonly bus: NatsBus;
  readonly durable: NatsStore;
  readonly store: SweepStore;
  readonly queue: WorkQueue;
  readonly office: SweepOffice;
  readonly workers: WorkerBeat[];
  readonly events: OfficeEvent[];
  close(): Promise<void>;
}

interface SweptOptions {
  /** Of the store as the office has it, in place of the store's own. */
  readonly change?: (durable: NatsStore) => Partial<NatsStore>;
  readonly releaseMs?: number;
}

/** A coordinator's office at a server of its own. */
export async function openSwept({ change = () => ({}), ...timing }: SweptOptions = {}): Promise<Swept> {
  const server = await NatsServer.start();
  const bus = await NatsBus.connect({ servers: server.url, name: 'test' });
  const durable = await NatsStore.open(bus, { bucket: sweepsBucket });
  const queue = new WorkQueue(bus, { make: true });
  await queue.open();
  const [workers, events]: [WorkerBeat[], OfficeEvent[]] = [[], []];
  const changed = change(durable) as Record<PropertyKey, unknown>;
  const store = new Proxy(durable, {
    get(target, name) {
      const own = Reflect.get(target, name);
      return changed[name] ?? (typeof own === 'function' ? own.bind(target) : own);
    },
  });
  const options = { store, bus, queue, workers: () => workers, ...timing };
  const office = await SweepOffice.open({ ...options, onEvent: (event) => events.push(event) });
  return {
    ...{ bus, durable, store: new SweepStore(durable, bus), queue, office, workers, events },
    async close() {
      await office.close();
      await bus.close();
      await server.remove();
    },
  };
}
