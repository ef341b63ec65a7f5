import { pageOpened } from '../page/cluster-page.js';
import type { SupervisorEvent } from './child-plan.js';

/** Where the page is, when the coordinator says so; each time it was started it may be elsewhere. */
export function pageAddress(event: SupervisorEvent): string | null {
  if (event.kind !== 'line' || event.name !== 'coordinator' || !event.line.includes(pageOpened)) return null;
  try {
    const { msg, url } = JSON.parse(event.line) as { msg?: unknown; url?: unknown };
    return msg === pageOpened && typeof url === 'string' ? url : null;
  } catch {
    return null;
  }
}
