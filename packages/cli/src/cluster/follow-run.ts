import type { TrainingEvent } from '@sparring/coordinator';
import { type RunInfo, subjectsOf } from '@sparring/protocol';
import { parseShownConfig, type RunConfig, twinConfig } from '@sparring/runtime';
import { plural } from '../presentation/figures.js';
import { invocation, shortPath } from '../presentation/invocation.js';
import { openProgress } from '../presentation/open-progress.js';
import type { Progress } from '../presentation/progress.js';
import type { Screen } from '../presentation/screen.js';
import { listenForInterruption } from '../train/interruption.js';
import { type Client, NoCoordinator } from './client.js';
import { concludeFetched } from './conclude-fetched.js';
import type { ConnectionOptions } from './connection.js';
import { fetchRun } from './fetch-run.js';

export interface FollowOptions extends ConnectionOptions {
  readonly out: string;
  readonly screen: Screen;
}

const lookEveryMs = 1_000;

/**
 * Shows a cluster's run until its end, then fetches its folder. Ctrl-C detaches: the run goes on.
 * @throws Interrupted; when the run has failed or was cancelled
 */
export async function followRun(client: Client, run: string, options: FollowOptions): Promise<void> {
  const { screen, out } = options;
  const interruption = listenForInterruption();
  const detached = () =>
    [
      `Detached: ${run} goes on in the cluster. To watch it again, or to end it:`,
      `  ${commandFor('follow', run, options)}`,
      `  ${commandFor('cancel', run, options)}`,
    ].join('\n');
  const view = new RunView(screen);
  const stop = client.bus.subscribe(subjectsOf(run).events.publish, ({ phase, event }) =>
    view.show(phase, JSON.parse(event) as TrainingEvent),
  );
  try {
    const info = await interruption.unless(untilEnd(client, run, view), detached);
    view.end();
    if (info.status === 'failed') throw new Error(`${run} has failed: ${info.error}`);
    if (info.status === 'cancelled') throw new Error(`${run} was cancelled after step ${info.step}`);
    const folder = await interruption.unless(
      patiently(view, () => fetchRun(client, run, out)),
      detached,
    );
    await concludeFetched(folder, screen);
    screen.say(`All of it is in ${shortPath(folder.path)}. To see its page:`);
    screen.say(`  ${invocation()} dashboard ${shortPath(folder.path)}`);
  } finally {
    view.end();
    stop();
    interruption.release();
  }
}

/** Looks at the run until it has ended: events may be missed while broker or coordinator are away, its record is not. */
async function untilEnd(client: Client, run: string, view: RunView): Promise<RunInfo> {
  for (;;) {
    const reply = await patiently(view, () => client.show(run));
    if (reply.kind === 'unknown') throw new Error(`the cluster does not know ${run}`);
    view.look(reply.info, parseShownConfig(reply.config, run));
    for (const { phase, event } of reply.epochs) view.show(phase, JSON.parse(event) as TrainingEvent);
    if (reply.info.status !== 'queued' && reply.info.status !== 'running') return reply.info;
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}

/** Does what needs a coordinator, from its beginning where none answers, until one does. */
async function patiently<Result>(view: RunView, work: () => Promise<Result>): Promise<Result> {
  for (let wasAway = false; ; ) {
    try {
      const result = await work();
      if (wasAway) view.note('The coordinator is back.');
      return result;
    } catch (error) {
      if (!(error instanceof NoCoordinator)) throw error;
      if (!wasAway) view.note('No coordinator answers; a new one will go on from where this one ended.');
      wasAway = true;
    }
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}

/** A run on the screen, each epoch once, whether it was heard or looked up. */
class RunView {
  readonly #screen: Screen;
  #config: RunConfig | undefined;
  #phase = '';
  #progress: Progress | undefined;
  readonly #shown = new Map<string, number>();
  /** The step of the last probe of each phase. */
  readonly #probed = new Map<string, number>();
  /** Of workers that cannot take part, and try it every few seconds. */
  readonly #complaints = new Set<string>();

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  look({ status }: RunInfo, config: RunConfig): void {
    if (this.#config === undefined && status === 'queued') this.#screen.say('Waiting for its turn …');
    this.#config = config;
  }

  show(phase: string, event: TrainingEvent): void {
    // What is heard before the first look comes again.
    if (!this.#config) return;
    this.#enter(phase, this.#config);
    switch (event.kind) {
      case 'progress':
        this.#progress?.advance(event);
        return;
      case 'epoch': {
        const { record } = event;
        if (record.epoch <= (this.#shown.get(phase) ?? 0)) return;
        this.#shown.set(phase, record.epoch);
        this.#progress?.endEpoch(record);
        return;
      }
      case 'probe':
        if (event.step <= (this.#probed.get(phase) ?? 0)) return;
        this.#probed.set(phase, event.step);
        this.#progress?.probed(event);
        return;
      case 'mode':
        if (event.spareTrainers > 0) {
          this.note(`${plural(event.spareTrainers, 'trainer')} more than the steps can use: kept as spares`);
        }
        return;
      case 'refused':
        this.note(`${event.workerId} is refused: ${event.reason}`);
        return;
      case 'unable':
        if (this.#complaints.has(event.reason)) return;
        this.#complaints.add(event.reason);
        this.note(`${event.workerId} is ${event.reason}`);
        return;
      case 'left':
        this.note(`${event.workerId} has left: ${event.reason}`);
        return;
    }
  }

  note(text: string): void {
    if (this.#progress) this.#progress.note(text);
    else this.#screen.say(text);
  }

  end(): void {
    this.#progress?.end();
    this.#progress = undefined;
  }

  #enter(phase: string, config: RunConfig): void {
    // Late words about the twin, once the net has begun, are not shown.
    if (phase === this.#phase || (phase === 'twin' && this.#phase === 'net')) return;
    this.#phase = phase;
    this.end();
    const own = (phase === 'twin' ? twinConfig(config) : null) ?? config;
    const against = own.alpha === 1 ? 'without an adversary' : `against ${own.attack.kind.toUpperCase()}`;
    const name = phase === 'twin' ? 'its twin' : 'the net';
    this.#screen.say(this.#screen.colors.bold(`Training ${name} ${against}, ${plural(own.epochs, 'epoch')}`));
    this.#progress = openProgress({ screen: this.#screen, epochs: own.epochs });
  }
}

/** A command to be typed, with the options that name the cluster. */
export function commandFor(command: string, run: string, { nats, credentials }: ConnectionOptions): string {
  const options = [nats ? `--nats ${nats}` : '', credentials ? `--credentials ${shortPath(credentials)}` : ''];
  return [invocation(), command, run, ...options].filter(Boolean).join(' ');
}
