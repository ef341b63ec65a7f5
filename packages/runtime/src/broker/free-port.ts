import { once } from 'node:events';
import { createServer } from 'node:net';

/** A port of this machine on which nobody listens: the wished one where it is free, else any. */
export async function freePort(wished = 0, host = '127.0.0.1'): Promise<number> {
  const server = createServer();
  try {
    server.listen(wished, host);
    await once(server, 'listening');
  } catch (error) {
    if (wished !== 0 && (error as NodeJS.ErrnoException).code === 'EADDRINUSE') return freePort(0, host);
    throw error;
  }
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
