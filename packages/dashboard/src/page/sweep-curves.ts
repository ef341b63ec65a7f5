import { captionOf, sweepPlots } from '../view/sweep-plots.js';
import { type ConfigurationCurves, mostTogether, type SweepView } from '../view/sweep-view.js';
import { Chart } from './chart.js';
import { h, section, setText, tab } from './dom.js';

/** With more configurations than that, they are chosen from a list. */
const mostTabs = 8;

/** The curves of the seeds: of one configuration each of them, of several their medians and spreads. */
export class SweepCurves {
  readonly element = section('Curves', 'Of runs that are done or under way.');
  readonly #id: string;
  readonly #choices = h('div', { class: 'choices' });
  readonly #caption = h('p', { class: 'caption' });
  readonly #charts = sweepPlots([]).map((plot) => new Chart(plot));
  /** Indices of what is shown. */
  #chosen: readonly number[] = [];
  #drawn = '';
  #isAsking = false;

  constructor(id: string) {
    this.#id = id;
    const charts = h('div', { class: 'pair' }, ...this.#charts.map(({ element }) => element));
    this.element.append(this.#choices, this.#caption, charts);
  }

  update({ configurations, numConfigurations }: SweepView): void {
    if (this.#drawn !== '') return;
    this.#drawn = 'choices';
    const together = configurations.slice(0, mostTogether).map((_, i) => i);
    this.#chosen = together;
    if (configurations.length > 1) this.#offer(configurations, together, numConfigurations);
  }

  /** Asks for what is to be shown; one question at a time. */
  async ask(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    const chosen = this.#chosen;
    try {
      const found = await Promise.all(chosen.map((configuration) => this.#fetch(configuration)));
      if (chosen === this.#chosen) this.#draw(found.filter((curves) => curves !== null));
    } catch {
      // The connection's state says it.
    } finally {
      this.#isAsking = false;
    }
    // Another choice was made meanwhile.
    if (chosen !== this.#chosen) await this.ask();
  }

  async #fetch(configuration: number): Promise<ConfigurationCurves | null> {
    const response = await fetch(`/api/sweeps/${encodeURIComponent(this.#id)}/curves/${configuration}`);
    return response.ok ? ((await response.json()) as ConfigurationCurves) : null;
  }

  #draw(curves: readonly ConfigurationCurves[]): void {
    setText(this.#caption, captionOf(curves));
    for (const [i, plot] of sweepPlots(curves).entries()) this.#charts[i]!.update(plot);
  }

  #offer(labels: readonly string[], together: readonly number[], numConfigurations: number): void {
    const all = labels.length > mostTogether ? `the first ${mostTogether}` : 'all';
    const choose = (chosen: readonly number[]) => {
      this.#chosen = chosen;
      redraw();
      void this.ask();
    };
    const redraw = () => {
      const isAll = this.#chosen === together;
      const one = (i: number) => !isAll && this.#chosen[0] === i;
      if (labels.length <= mostTabs) {
        const tabs = labels.map((label, i) => tab(label, one(i), () => choose([i])));
        const group = { class: 'tabs', role: 'group', 'aria-label': 'which configuration' };
        this.#choices.replaceChildren(
          h(
            'div',
            group,
            tab(all, isAll, () => choose(together)),
            ...tabs,
          ),
        );
      }
    };
    redraw();
    if (labels.length <= mostTabs) return;
    const option = (value: number, text: string) => h('option', { value: String(value) }, text);
    const select = h(
      'select',
      { 'aria-label': 'which configuration' },
      option(-1, all),
      ...labels.map((label, i) => option(i, label)),
    );
    select.addEventListener('change', () => choose(select.value === '-1' ? together : [Number(select.value)]));
    const left = numConfigurations - labels.length;
    const hint = left > 0 ? h('span', { class: 'hint' }, `${left} further configurations are in the CSV alone`) : null;
    this.#choices.replaceChildren(select, hint ?? '');
  }
}
