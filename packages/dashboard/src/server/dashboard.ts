import type { IncomingMessage, ServerResponse } from 'node:http';
import { ConfigError, RunFolderError } from '@sparring/runtime';
import type { RunSource, Told } from '../live/shown-run.js';
import type { SweepSource } from '../sweep/shown-sweep.js';
import { answerSweeps } from './answer-sweeps.js';
import { answer, answerJson, refuse } from './answers.js';
import { readAssets } from './assets.js';
import { Audience } from './audience.js';
import { ShownList } from './shown-list.js';

/** A page that is told the last may ask for pictures. It is given so long to begin, and so long in all. */
const [calmMs, longestMs] = [200, 1_500];

export interface DashboardOptions {
  readonly runs: RunSource;
  readonly sweeps?: SweepSource;
  /** How the program was called, for what the page says is to be typed. */
  readonly invocation: string;
}

/** The live page of runs and sweeps, to be mounted on a process's HTTP server. It only shows: nothing can be changed through it. */
export class Dashboard {
  readonly #runs: RunSource;
  readonly #sweeps: SweepSource;
  readonly #list: ShownList;
  readonly #assets: ReturnType<typeof readAssets>;
  readonly #audience = new Audience();
  /** What is answered at the moment. */
  readonly #answering = new Set<ServerResponse>();
  #askedAt = 0;

  constructor({ runs, sweeps = noSweeps, invocation }: DashboardOptions) {
    this.#runs = runs;
    this.#sweeps = sweeps;
    this.#list = new ShownList(runs, sweeps);
    this.#assets = readAssets(invocation);
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
    this.#askedAt = performance.now();
    this.#answering.add(response);
    response.on('close', () => this.#answering.delete(response));
    try {
      return await this.#answerApi(path, response);
    } catch (error) {
      const isOfFiles = error instanceof RunFolderError || error instanceof ConfigError;
      if (isOfFiles && !response.headersSent) return refuse(response, 500, error.message);
      throw error;
    }
  };

  /** Tells every open page the last, and answers what they ask then; they keep what they show. */
  async close(): Promise<void> {
    if (this.#audience.size > 0) {
      this.#audience.tellAll();
      await this.#calm();
    }
    await this.#audience.dismissAll();
  }

  async #calm(): Promise<void> {
    const beganAt = performance.now();
    const isBusy = () => [...this.#answering].some((response) => !this.#audience.has(response));
    const isCalm = () => !isBusy() && performance.now() - Math.max(beganAt, this.#askedAt) >= calmMs;
    while (!isCalm() && performance.now() - beganAt < longestMs) await new Promise((go) => setTimeout(go, 20));
  }

  async #answerApi(path: string, response: ServerResponse): Promise<boolean> {
    const [collection, ...asked] = path.split('/').slice(2).map(decoded);
    if (collection === 'sweeps') return answerSweeps(this.#sweeps, this.#audience, asked, response);
    if (collection === 'events' && asked.length === 0) return this.#watch(this.#list, response);
    const [id, part, net, ...more] = asked;
    if (collection !== 'runs' || more.length > 0) return refuse(response, 404, `nothing at ${path}`);
    if (id === undefined) return answerJson(response, JSON.stringify(await this.#runs.list()));
    const run = await this.#runs.find(id);
    if (!run) return refuse(response, 404, 'no such run');
    if (part === undefined) {
      await run.refresh();
      return answerJson(response, JSON.stringify(run.view()));
    }
    if (part === 'events' && net === undefined) return this.#watch(run, response);
    if (part === 'pictures' && (net === 'net' || net === 'twin' || net === 'selection')) {
      return answerJson(response, JSON.stringify(await run.pictures(net)));
    }
    return refuse(response, 404, `nothing at ${path}`);
  }

  #watch(about: Told, response: ServerResponse): true {
    if (this.#audience.admit(about, response)) return true;
    return refuse(response, 503, 'too many pages watch at once');
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
