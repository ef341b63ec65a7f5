import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isOwnName } from './own-names.js';

/** Answers a request and returns true, or returns false where the path is not its own and leaves the response alone. */
export type HttpHandler = (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>;

export interface HttpServerOptions {
  /** The address to listen on: `127.0.0.1` for this machine alone, `0.0.0.0` for everybody. */
  readonly host: string;
  /** 0: any. */
  readonly port: number;
  /** Whether the port must be this one. Otherwise the next free one is taken. */
  readonly strict?: boolean;
  /** Hears of what a handler threw, and of connections that could not be accepted. */
  readonly onFault?: (error: Error) => void;
}

/** Ports looked at, one after the other, before any is taken. */
const portsTried = 100;
/** More at once have no use here, and would leave no descriptors to the process. */
const mostConnections = 256;

/** A process's one port: what is mounted on it answers in the order in which it was mounted. Nothing that it answers ends the process. */
export class HttpServer {
  readonly port: number;
  /** As reached from this machine, without a slash at the end. */
  readonly url: string;
  readonly #server: Server;
  readonly #onLoopback: boolean;
  readonly #onFault: (error: Error) => void;
  readonly #handlers: HttpHandler[] = [];

  private constructor(server: Server, options: HttpServerOptions) {
    const { address, port, family } = server.address() as AddressInfo;
    this.port = port;
    const reached =
      { '0.0.0.0': '127.0.0.1', '::': '[::1]' }[address] ?? (family === 'IPv6' ? `[${address}]` : address);
    this.url = `http://${reached}:${port}`;
    this.#server = server;
    this.#onLoopback = address.startsWith('127.') || address === '::1';
    this.#onFault = options.onFault ?? (() => {});
    server.on('error', this.#onFault);
    server.on('request', (request, response) => void this.#answer(request, response));
  }

  /** @throws Error when nobody can listen there, or `strict` is set and the port is taken */
  static async open(options: HttpServerOptions): Promise<HttpServer> {
    const server = createServer();
    server.maxConnections = mostConnections;
    await listen(server, options);
    return new HttpServer(server, options);
  }

  /** Returns a function that takes the handler away again. */
  mount(handler: HttpHandler): () => void {
    this.#handlers.push(handler);
    return () => {
      const at = this.#handlers.indexOf(handler);
      if (at !== -1) this.#handlers.splice(at, 1);
    };
  }

  /** Frees the port, and ends every connection at once, event streams too. */
  async close(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A handler that writes after its end, or to one who left, is no reason to end the process.
    response.on('error', this.#onFault);
    // Nothing here reads a body: whoever sends one is answered and hung up on, however much is still to come.
    const { 'content-length': length = '0', 'transfer-encoding': encoding } = request.headers;
    if (length !== '0' || encoding !== undefined) response.shouldKeepAlive = false;
    try {
      if (this.#onLoopback && !isOwnName(request.headers.host)) {
        refuse(response, 403, 'Host: takes localhost, or the address that this server listens on');
        return;
      }
      for (const handler of [...this.#handlers]) if (await handler(request, response)) return;
      refuse(response, 404, `nothing at ${request.url}`);
    } catch (error) {
      this.#onFault(error as Error);
      if (response.headersSent) response.destroy();
      else refuse(response, 500, 'this server failed to answer; its log says why');
    }
  }
}

function refuse(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' });
  response.end(`${words}\n`);
}

async function listen(server: Server, { host, port, strict = false }: HttpServerOptions): Promise<void> {
  const last = strict || port === 0 ? port : Math.min(port + portsTried - 1, 65_535);
  for (let tried = port; ; tried = tried < last ? tried + 1 : 0) {
    try {
      server.listen({ host, port: tried });
      await once(server, 'listening');
      return;
    } catch (error) {
      const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      if (taken && !strict && tried !== 0) continue;
      const why = taken ? 'the port is taken' : (error as Error).message;
      throw new Error(`cannot listen on ${host}:${port}: ${why}`, { cause: error });
    }
  }
}
