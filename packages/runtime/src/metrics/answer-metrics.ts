import type { ServerResponse } from 'node:http';
import type { HttpHandler } from '../http/http-server.js';
import type { ProcessMetrics } from './process-metrics.js';

/** Whether a process can do its work, in words that a person may read. */
export interface Readiness {
  readonly ready: boolean;
  readonly state: string;
  readonly [fact: string]: string | number | boolean;
}

/** Answers `/metrics`, `/healthz` and `/readyz`. */
export function answerMetrics(metrics: ProcessMetrics, readiness: () => Readiness): HttpHandler {
  return async ({ method, url = '' }, response) => {
    const path = url.split('?', 1)[0];
    if (path !== '/metrics' && path !== '/healthz' && path !== '/readyz') return false;
    if (method !== 'GET' && method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD');
      send(response, 405, 'text/plain', 'takes GET\n');
    } else if (path === '/metrics') {
      send(response, 200, metrics.contentType, await metrics.text());
    } else if (path === '/healthz') {
      // Said by the event loop itself: where it hangs, nobody answers.
      send(response, 200, 'text/plain', 'ok\n');
    } else {
      const state = readiness();
      send(response, state.ready ? 200 : 503, 'application/json', `${JSON.stringify(state)}\n`);
    }
    return true;
  };
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  const length = Buffer.byteLength(body);
  response.writeHead(status, { 'content-type': type, 'content-length': length, 'cache-control': 'no-store' }).end(body);
}
