import type { ServerResponse } from 'node:http';

/** What every answer carries: the page runs its own code and no other, asks nobody else, and is framed by nobody. */
const headers = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-cache',
} as const;

export function answer(response: ServerResponse, status: number, type: string, body: string | Buffer): true {
  response.writeHead(status, { ...headers, 'content-type': type, 'content-length': Buffer.byteLength(body) });
  response.end(body);
  return true;
}

export function answerJson(response: ServerResponse, json: string): true {
  return answer(response, 200, 'application/json; charset=utf-8', json);
}

export function refuse(response: ServerResponse, status: number, words: string): true {
  return answer(response, status, 'text/plain; charset=utf-8', `${words}\n`);
}

export const eventStream = 'text/event-stream; charset=utf-8';

/** Begins an event stream: https://html.spec.whatwg.org/multipage/server-sent-events.html */
export function beginEvents(response: ServerResponse): void {
  response.writeHead(200, { ...headers, 'content-type': eventStream });
  // How soon a page asks again when the connection is lost.
  response.write('retry: 1000\n\n');
}
