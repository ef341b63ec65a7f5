import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { ChildPlan } from '../dist/up/child-plan.js';

/** Sees processes live and die: each holds a connection to it, which the kernel closes however the process ends. */
export class Witness {
  readonly #server: Server;
  readonly #lives: Life[] = [];
  readonly #waiting: { readonly name: string; readonly resolve: (life: Life) => void }[] = [];

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket: Socket) => {
      const gone = once(socket, 'close');
      socket.on('error', () => {});
      socket.once('data', (words) => {
        const [name, pid] = String(words).split(' ');
        this.#add({ name: name!, pid: Number(pid), gone });
      });
    });
  }

  static async open(): Promise<Witness> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Witness(server);
  }

  /** A Node process that runs `body` and lives until it is ended. */
  plan(name: string, body = '', graceMs = 5_000): ChildPlan {
    const { port } = this.#server.address() as { port: number };
    const script = `${body}
      const socket = require('node:net').connect(${port}, '127.0.0.1', () => socket.write('${name} ' + process.pid));`;
    return { name, command: process.execPath, args: ['-e', script], refusalCode: 2, orderlyCodes: [0], graceMs };
  }

  /** The next life of this name that nobody has asked for yet. */
  born(name: string): Promise<Life> {
    const index = this.#lives.findIndex((life) => life.name === name);
    if (index >= 0) return Promise.resolve(this.#lives.splice(index, 1)[0]!);
    return new Promise((resolve) => this.#waiting.push({ name, resolve }));
  }

  #add(life: Life): void {
    const index = this.#waiting.findIndex(({ name }) => name === life.name);
    if (index >= 0) this.#waiting.splice(index, 1)[0]!.resolve(life);
    else this.#lives.push(life);
  }

  close(): void {
    this.#server.close();
  }
}

export interface Life {
  readonly name: string;
  readonly pid: number;
  readonly gone: Promise<unknown>;
}
