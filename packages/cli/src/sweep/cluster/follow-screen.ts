import type { FollowedSweep, RunState } from '@sparring/sweep';
import { clock, percent, plural } from '../../presentation/figures.js';
import type { Screen } from '../../presentation/screen.js';
import type { Hands } from '../hands.js';
import { ScreenFoot } from '../screen-foot.js';
import type { SweepView } from '../sweep-view.js';
import { nameOf } from '../sweep-words.js';

/** Shows a sweep that a cluster computes: a line for each run that ends and, on a terminal, below them who is at what. */
export class FollowScreen {
  readonly #screen: Screen;
  readonly #view: SweepView;
  readonly #sweep: FollowedSweep;
  readonly #hands: Hands;
  readonly #foot: ScreenFoot;
  readonly #hindrances = new Set<string>();

  constructor(screen: Screen, view: SweepView, sweep: FollowedSweep, hands: Hands) {
    this.#screen = screen;
    this.#view = view;
    this.#sweep = sweep;
    this.#hands = hands;
    this.#foot = new ScreenFoot(screen);
  }

  /** What has become of a run since it was looked at last. */
  changed(before: RunState, state: RunState): void {
    const { red, yellow, dim } = this.#screen.colors;
    const name = nameOf(this.#view, state.run);
    if (state.status === 'failed' && before.status !== 'failed') this.note(red(`  ${name} failed: ${state.error}`));
    else if (state.attempts > before.attempts)
      this.note(red(`  ${name} threw, attempt ${state.attempts}, to be tried again: ${state.error}`));
    else if (state.status === 'pruned' && before.status !== 'pruned') {
      const { epoch, error, median } = state.pruned!;
      const why = `${percent(error)} at epoch ${epoch}, the median before it ${percent(median)}`;
      this.note(yellow(`  ${name} given up: ${why}`));
    } else if (state.status === 'done' && before.status !== 'done') {
      const { clean, fgsm, pgd, seconds } = state.result!;
      const errors = [['clean', clean] as const, ['FGSM', fgsm] as const, ['PGD', pgd] as const];
      const measured = errors.flatMap(([what, value]) => (value === null ? [] : [`${what} ${percent(value)}`]));
      this.note(`  ${name} done, trained ${clock(seconds)}: ${measured.join(', ')}  ${dim(this.#standing())}`);
    }
  }

  /** What keeps trainers from the runs: of each thing once. */
  hindered(hindrances: readonly string[]): void {
    for (const words of hindrances) {
      // What is free changes all the time.
      const kind = words.replace(/[\d.]+ (?:bytes|[kMGT]B)/g, '');
      if (this.#hindrances.has(kind)) continue;
      this.#hindrances.add(kind);
      this.note(this.#screen.colors.yellow(`  ${words}`));
    }
  }

  note(text: string): void {
    this.#foot.erase();
    this.#screen.say(text);
    this.draw();
  }

  draw(): void {
    const states = [...this.#view.states.values()];
    const running = [...this.#sweep.processes].map(
      ([number, process]) => `${nameOf(this.#view, states[number]!.run)}  in process ${process}`,
    );
    this.#foot.draw(running, this.#standing());
  }

  /** Leaves the terminal as a plain stream again. */
  end(): void {
    this.#foot.erase();
  }

  #standing(): string {
    const { count, states } = this.#view;
    const failed = count('failed');
    const eta = this.#hands.pace().etaSeconds;
    return [
      `${count('done')}/${states.size} done`,
      plural(this.#sweep.processes.size, 'run').replace(/ runs?$/, ' running'),
      ...(failed > 0 ? [`${failed} failed`] : []),
      ...(eta === null ? [] : [`ETA ${clock(eta)}`]),
    ].join(', ');
  }
}
