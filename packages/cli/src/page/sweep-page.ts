import { Dashboard, mostSlots, RunsFolder, SweepShow, type SweepSource, type SweepStatus } from '@sparring/dashboard';
import type { HttpServer } from '@sparring/runtime';
import { type RunState, type SweepRecord, sweepFolder } from '@sparring/sweep';
import { Interrupted } from '../presentation/interrupted.js';
import { invocation, shortPath } from '../presentation/invocation.js';
import type { Screen } from '../presentation/screen.js';
import type { Hands } from '../sweep/hands.js';
import type { PageOptions } from './page-options.js';

/** A sweep to be shown, whoever keeps the states of its runs. */
export interface KeptSweep {
  /** The folder of its runs' folders. */
  readonly out: string;
  readonly record: SweepRecord;
  readonly states: ReadonlyMap<string, RunState>;
  /** Counts by status. */
  count(...statuses: readonly RunState['status'][]): number;
}

/** The page of the sweep that this process computes or follows. */
export interface SweepPage {
  /** Nothing is left to compute. */
  conclude(): void;
  fail(error: unknown): void;
  /** Tells those who look at it that this was the last. */
  close(): Promise<void>;
}

/** Mounts it and says where it is. */
export function mountSweepPage(
  sweep: KeptSweep,
  hands: Hands,
  screen: Screen,
  server: HttpServer | null,
  { page }: PageOptions,
): SweepPage {
  if (!page || server === null) return noPage;
  const { out, record, states } = sweep;
  let [status, note] = ['running' as SweepStatus, ''];
  const show = new SweepShow({
    ...{ out, record, states: () => states.values() },
    standing: () => {
      const { slots: numSlots, etaSeconds } = hands.pace();
      return {
        ...{ status, note, reopen: reopenCommand(sweep), slots: hands.slots().slice(0, mostSlots), numSlots },
        etaSeconds: etaSeconds === null ? null : Math.round(etaSeconds),
        isRunning: (state) => hands.isRunning(state),
      };
    },
  });
  const sweeps: SweepSource = {
    list: async () => {
      await show.refresh();
      return [show.row()];
    },
    find: async (id) => (id === show.id ? show : null),
  };
  // Of its runs one is opened at a time; all of them are listed on its own page.
  const runs = new RunsFolder(out, { invocation: invocation(), isPassedOver: () => true });
  const dashboard = new Dashboard({ runs, sweeps, invocation: invocation() });
  const unmount = server.mount(dashboard.handle);
  screen.say(`Watch it: ${screen.colors.bold(server.url)}`);
  const end = (how: SweepStatus, why = '') => {
    [status, note] = [how, why];
    show.update({ whole: true });
  };
  return {
    conclude: () => end(sweep.count('waiting', 'claimed') > 0 ? 'stopped' : 'ended'),
    fail: (error) => {
      if (error instanceof Interrupted) end('stopped', error.message);
      else end('failed', error instanceof Error ? error.message : String(error));
    },
    close: async () => {
      await dashboard.close();
      unmount();
      await runs.close();
    },
  };
}

/** What to type to see a sweep's page again. */
export function reopenCommand({ out, record }: Pick<KeptSweep, 'out' | 'record'>): string {
  return `${invocation()} dashboard ${shortPath(sweepFolder(out, record.id))}`;
}

const noPage: SweepPage = { conclude: () => {}, fail: () => {}, close: async () => {} };
