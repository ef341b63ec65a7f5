import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { connect, createServer } from 'node:net';
import { HttpServer, type HttpServerOptions } from '../dist/index.js';

describe('the HTTP server', () => {
  const opened: HttpServer[] = [];
  afterEach(() => Promise.all(opened.splice(0).map((server) => server.close())));

  it('asks what is mounted in order, and has nothing elsewhere', async () => {
    const server = await open();
    const first = server.mount((request, response) => {
      if (request.url !== '/here') return false;
      response.end('first');
      return true;
    });
    server.mount(async (request, response) => {
      if (request.url !== '/here') return false;
      response.end('second');
      return true;
    });
    expect(await answer(server, '/here')).toEqual({ status: 200, body: 'first' });
    expect((await answer(server, '/there')).status).toBe(404);
    first();
    expect(await answer(server, '/here')).toEqual({ status: 200, body: 'second' });
  });

  it('answers 500 where a handler throws, tells of it, and goes on', async () => {
    const faults: string[] = [];
    const server = await open({ onFault: (error) => faults.push(error.message) });
    server.mount((request) => {
      if (request.url === '/throws') throw new Error('thrown');
      return false;
    });
    server.mount(async (request, response) => {
      if (request.url === '/rejects') throw new Error('rejected');
      if (request.url === '/twice') response.end('once').write('after the end');
      return request.url === '/twice';
    });
    expect((await answer(server, '/throws')).status).toBe(500);
    expect((await answer(server, '/rejects')).status).toBe(500);
    expect(await answer(server, '/twice')).toEqual({ status: 200, body: 'once' });
    expect((await answer(server, '/nowhere')).status).toBe(404);
    expect(faults).toEqual(['thrown', 'rejected', 'write after end']);
  });

  it('breaks off an answer whose handler throws after it began', async () => {
    const server = await open();
    server.mount((_request, response) => {
      response.write('begun');
      throw new Error('in the middle');
    });
    await expect(answer(server, '/')).rejects.toThrow();
  });

  it('answers on loopback only to names that nobody else can have', async () => {
    const server = await open();
    server.mount((_request, response) => {
      response.end('mine');
      return true;
    });
    for (const host of [
      'localhost',
      'LOCALHOST:80',
      '127.0.0.1:9464',
      `127.0.0.1:${server.port}`,
      '[::1]:1',
      '127.0.0.2',
    ])
      expect(await answer(server, '/', host)).toEqual({ status: 200, body: 'mine' });
    for (const host of [
      'evil.example',
      `evil.example:${server.port}`,
      'localhost.evil.example',
      '127.0.0.1.evil.example',
      '10.0.0.1',
      '[::2]',
    ])
      expect((await answer(server, '/', host)).status).toBe(403);
  });

  it('answers to any name where it listens for everybody', async () => {
    const server = await open({ host: '0.0.0.0' });
    expect(server.url).toBe(`http://127.0.0.1:${server.port}`);
    expect((await answer(server, '/', 'trainer-3:9464')).status).toBe(404);
  });

  it('hangs up on whoever sends a body, once it has answered', async () => {
    const server = await open();
    const socket = connect(server.port, '127.0.0.1');
    socket.write('POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000000000000\r\n\r\nbegins');
    let heard = '';
    for await (const text of socket.setEncoding('utf8')) heard += text;
    expect(heard).toMatch(/^HTTP\/1\.1 404 .*connection: close/is);
  });

  it('takes the next free port, or that port or none', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    const server = await open({ port });
    expect(server.port).not.toBe(port);
    expect((await answer(server, '/')).status).toBe(404);
    await expect(open({ port, strict: true })).rejects.toThrow(`cannot listen on 127.0.0.1:${port}: the port is taken`);
    taken.close();
    await once(taken, 'close');
    expect((await open({ port, strict: true })).port).toBe(port);
  });

  it('says why nobody can listen there', async () => {
    await expect(open({ host: '203.0.113.1', port: 1 })).rejects.toThrow(/^cannot listen on 203\.0\.113\.1:1: /);
  });

  it('closes at once, event streams too, and twice', async () => {
    const server = await open();
    server.mount((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n');
      return true;
    });
    const stream = await streamFrom(server);
    const ended = once(stream, 'error');
    await Promise.all([server.close(), server.close()]);
    expect((await ended)[0]).toMatchObject({ code: 'ECONNRESET' });
    await server.close();
    await expect(answer(server, '/')).rejects.toThrow('ECONNREFUSED');
  });

  async function open(options: Partial<HttpServerOptions> = {}): Promise<HttpServer> {
    const server = await HttpServer.open({ host: '127.0.0.1', port: 0, ...options });
    opened.push(server);
    return server;
  }
});

function answer(server: HttpServer, path: string, host?: string): Promise<{ status: number; body: string }> {
  const headers = host === undefined ? {} : { host };
  return new Promise((resolve, reject) => {
    get(`${server.url}${path}`, { headers, agent: false }, async (response) => {
      try {
        let body = '';
        for await (const text of response.setEncoding('utf8')) body += text;
        resolve({ status: response.statusCode!, body });
      } catch (error) {
        reject(error as Error);
      }
    }).on('error', reject);
  });
}

function streamFrom(server: HttpServer): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(server.url, { agent: false }, (response) => response.once('data', () => resolve(response))).on('error', reject);
  });
}
