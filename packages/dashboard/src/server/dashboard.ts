import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RunSource } from '../live/shown-run.js';
import type { SweepSource } from '../sweep/shown-sweep.js';
import { answerSweeps } from './answer-sweeps.js';
import { answer, answerJson, refuse } from './answers.js';
import { readAssets } from './assets.js';
import { Audience } from './audience.js';

/** The live page of runs and sweeps, to be mounted on a process's HTTP server. It only shows: nothing can be changed through it. */
export class Dashboard {
  readonly #source: RunSource;
  readonly #sweeps: SweepSource;
  readonly #assets = readAssets();
  readonly #audience = new Audience();

  constructor(source: RunSource, sweeps: SweepSource = noSweeps) {
    this.#source = source;
    this.#sweeps = sweeps;
  }

  /** Answers what is the page's; returns false for all else. */
  readonly handle = async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const path = pathOf(request);
    const asset = this.#assets.get(isPage(path) ? '/page/index.html' : path);
    if (!asset && !path.startsWith('/api/')) return false;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD');
      return refuse(response, 405, `${request.method}: this page can only be read`);
    }
    if (asset) return answer(response, 200, asset.type, asset.content);
    return this.#answerApi(path, response);
  };

  /** Whether any page is open. */
  get isWatched(): boolean {
    return this.#audience.size > 0;
  }

  /** Tells every open page the last; they keep what they show. */
  close(): Promise<void> {
    return this.#audience.dismissAll();
  }

  async #answerApi(path: string, response: ServerResponse): Promise<boolean> {
    const [collection, ...asked] = path.split('/').slice(2).map(decoded);
    if (collection === 'sweeps') return answerSweeps(this.#sweeps, this.#audience, asked, response);
    const [id, part, net, ...more] = asked;
    if (collection !== 'runs' || more.length > 0) return refuse(response, 404, `nothing at ${path}`);
    if (id === undefined) return answerJson(response, JSON.stringify(await this.#source.list()));
    const run = await this.#source.find(id);
    if (!run) return refuse(response, 404, 'no such run');
    if (part === undefined) {
      await run.refresh();
      return answerJson(response, JSON.stringify(run.view()));
    }
    if (part === 'events' && net === undefined) {
      if (this.#audience.admit(run, response)) return true;
      return refuse(response, 503, 'too many pages watch at once');
    }
    if (part === 'pictures' && (net === 'net' || net === 'twin' || net === 'selection')) {
      return answerJson(response, JSON.stringify(await run.pictures(net)));
    }
    return refuse(response, 404, `nothing at ${path}`);
  }
}

const noSweeps: SweepSource = { list: async () => [], find: async () => null };

/** The page shows either the list of runs and sweeps or one of them. */
function isPage(path: string): boolean {
  return path === '/' || path === '/index.html' || /^\/(run|sweep)\/[^/]+$/.test(path);
}

function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split(/[?#]/, 1)[0]!;
}

/** What cannot be decoded is no run's id. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
