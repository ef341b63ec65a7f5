import type { ServerResponse } from 'node:http';
import type { SweepSource } from '../sweep/shown-sweep.js';
import { type RunFilter, runFilters } from '../view/sweep-view.js';
import { answerJson, refuse } from './answers.js';
import type { Audience } from './audience.js';

/** Answers what lies under /api/sweeps: the list, a sweep, its events, the curves of a configuration, and a page of its runs. */
export async function answerSweeps(
  source: SweepSource,
  audience: Audience,
  [id, part, ...rest]: readonly string[],
  response: ServerResponse,
): Promise<boolean> {
  if (id === undefined) return answerJson(response, JSON.stringify(await source.list()));
  const sweep = await source.find(id);
  if (!sweep) return refuse(response, 404, 'no such sweep');
  const [which, page, ...more] = rest;
  const asked = [part, rest.length - more.length].join(' ');
  if (more.length === 0) {
    switch (asked) {
      case ' 0':
        await sweep.refresh();
        return answerJson(response, JSON.stringify(sweep.view()));
      case 'events 0':
        if (audience.admit(sweep, response)) return true;
        return refuse(response, 503, 'too many pages watch at once');
      case 'curves 1': {
        const curves = await sweep.curves(whole(which!));
        if (curves) return answerJson(response, JSON.stringify(curves));
        break;
      }
      case 'runs 2':
        if (!isFilter(which!)) break;
        return answerJson(response, JSON.stringify(await sweep.runs(which, whole(page!))));
    }
  }
  return refuse(response, 404, 'no such part of a sweep');
}

function isFilter(word: string): word is RunFilter {
  return (runFilters as readonly string[]).includes(word);
}

/** -1, which nothing is at, where it is no number. */
function whole(word: string): number {
  return /^\d{1,9}$/.test(word) ? Number(word) : -1;
}
