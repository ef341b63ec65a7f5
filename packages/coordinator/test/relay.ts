import { once } from 'node:events';
import { createServer, connect as dial, type Server, type Socket } from 'node:net';

/** A way to the broker that can be cut, as a network is. */
export class Relay {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #open = true;

  static async start(to: string): Promise<Relay> {
    const relay = new Relay(Number(new URL(to).port));
    await once(relay.#server.listen(0, '127.0.0.1'), 'listening');
    return relay;
  }

  private constructor(port: number) {
    this.#server = createServer((client) => {
      if (!this.#open) client.destroy();
      else this.#join(client, dial(port, '127.0.0.1'));
    });
  }

  get url(): string {
    return `nats://127.0.0.1:${(this.#server.address() as { port: number }).port}`;
  }

  cut(): void {
    this.#open = false;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend(): void {
    this.#open = true;
  }

  close(): void {
    this.cut();
    this.#server.close();
  }

  #join(client: Socket, broker: Socket): void {
    client.pipe(broker).pipe(client);
    for (const socket of [client, broker]) {
      this.#sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        this.#sockets.delete(socket);
        client.destroy();
        broker.destroy();
      });
    }
  }
}
