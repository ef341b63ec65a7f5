import { SweepMetrics } from '@sparring/sweep';
import { Endpoint } from '../endpoint/endpoint.js';
import type { PageOptions } from '../page/page-options.js';
import { type KeptSweep, mountSweepPage, reopenCommand, type SweepPage } from '../page/sweep-page.js';
import type { Screen } from '../presentation/screen.js';
import type { Hands } from './hands.js';

/** Opens the metrics and the page of a sweep that this process computes or follows, and says where they are. */
export async function watchSweep(
  sweep: KeptSweep,
  hands: Hands,
  screen: Screen,
  options: PageOptions,
): Promise<SweepPage> {
  const { record, states } = sweep;
  const endpoint = await Endpoint.open('sweep', options, (words) => screen.say(words));
  endpoint.readiness = () => ({ ready: true, state: 'sweeping', sweep: record.id });
  const metrics = new SweepMetrics(
    endpoint.metrics,
    record,
    () => states.values(),
    () => hands.pace(),
  );
  if (endpoint.url !== null) screen.say(`Metrics: ${endpoint.url}`);
  const page = mountSweepPage(sweep, hands, screen, endpoint.server, options);
  if (endpoint.url !== null) screen.say();
  return {
    conclude: () => {
      page.conclude();
      screen.say();
      screen.say('To see its page again:');
      screen.say(`  ${reopenCommand(sweep)}`);
    },
    fail: (error) => page.fail(error),
    close: async () => {
      metrics.end();
      await page.close();
      await endpoint.close();
    },
  };
}
