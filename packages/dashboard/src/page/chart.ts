import type { Plot } from '../view/curves.js';
import { count } from '../view/figures.js';
import { bandsOf, dataOf, drawingOf, legendOf, seriesOf } from './chart-series.js';
import { h, setText, show } from './dom.js';
import { colorOf, onSchemeChange } from './palette.js';
import uPlot from './vendor/uplot.js';

const height = 230;
/** There is no half step, nor half an epoch. */
const wholeSteps = Array.from({ length: 10 }, (_, power) => [1, 2, 5].map((first) => first * 10 ** power)).flat();

/** A plot that grows: curves over steps or epochs, with a legend that says the value under the pointer, else the last. */
export class Chart {
  readonly element: HTMLElement;
  readonly #canvas = h('div', { class: 'plot' });
  readonly #legend = h('ul', { class: 'legend' });
  readonly #empty: HTMLElement;
  readonly #at = h('span', { class: 'at' });
  #plot: Plot;
  #chart: uPlot | undefined;
  /** What the chart was built of: other curves need another one. */
  #built = '';
  #values: HTMLElement[] = [];

  constructor(plot: Plot) {
    this.#plot = plot;
    const first = plot.key.startsWith('error') ? 'at the end of an epoch' : 'with the first steps';
    this.#empty = h('p', { class: 'empty' }, `Nothing measured yet: the first values come ${first}.`);
    this.element = h(
      'section',
      { class: `card chart chart-${plot.key}` },
      h('header', { class: 'card-head' }, h('h2', {}, plot.title), this.#at),
      this.#legend,
      this.#empty,
      this.#canvas,
    );
    // Also where another card takes or gives room.
    new ResizeObserver(() => this.#resize()).observe(this.#canvas);
    onSchemeChange(() => this.#rebuild());
  }

  update(plot: Plot): void {
    const curves = plot.curves.filter(({ x }) => x.length > 0);
    this.#plot = { ...plot, curves };
    show(this.#empty, curves.length === 0);
    show(this.#canvas, curves.length > 0);
    const shape = JSON.stringify([
      curves.map(({ label, color, hasMarks }) => [label, color, hasMarks]),
      plot.bands?.length,
    ]);
    if (shape !== this.#built) {
      this.#built = shape;
      this.#rebuild();
    } else {
      this.#chart?.setData(dataOf(this.#plot));
    }
    this.#sayValues(null);
  }

  #rebuild(): void {
    this.#chart?.destroy();
    this.#chart = undefined;
    const curves = legendOf(this.#plot);
    this.#values = curves.map(() => h('b', {}));
    this.#legend.replaceChildren(
      ...curves.map(({ label, color, isDashed }, i) =>
        h(
          'li',
          {},
          h('i', { class: `key ${isDashed ? 'dashed' : ''} is-${color}` }),
          h('span', {}, label),
          this.#values[i]!,
        ),
      ),
    );
    if (curves.length === 0) return;
    this.#chart = new uPlot(this.#options(), dataOf(this.#plot), this.#canvas);
    this.#sayValues(null);
  }

  #options(): uPlot.Options {
    const { xLabel = 'step', yLabel, range } = this.#plot;
    const [ink, grid] = [colorOf('muted'), colorOf('grid')];
    const font = '11px system-ui, sans-serif';
    const axis = {
      stroke: ink,
      font,
      labelFont: font,
      labelSize: 18,
      grid: { stroke: grid, width: 1 },
      ticks: { show: false },
    };
    return {
      width: this.#width(),
      height,
      padding: [10, 20, 0, 0],
      legend: { show: false },
      cursor: { y: false, points: { size: 7 } },
      scales: {
        x: { time: false, range: (_, __, max) => [0, max || 1] },
        y: { range: (_, __, max) => [0, topOf(max, range)] },
      },
      axes: [
        {
          ...{ ...axis, label: xLabel, labelSize: 16, labelGap: 0, size: 30, values: (_, ticks) => ticks.map(short) },
          incrs: wholeSteps,
        },
        { ...axis, label: yLabel, size: 46, values: (_, ticks) => ticks.map(short) },
      ],
      series: seriesOf(this.#plot),
      bands: bandsOf(this.#plot),
      hooks: {
        setCursor: [(chart) => this.#sayValues(chart.cursor.idx ?? null)],
        draw: [(chart) => this.#drawMarks(chart)],
      },
    };
  }

  /** Of each curve at or before the place under the pointer: they are not all measured at the same steps. */
  #sayValues(index: number | null): void {
    const chart = this.#chart;
    if (!chart) return;
    const steps = chart.data[0];
    const at = index === null ? steps.length - 1 : index;
    // The curves that the legend names are drawn last, above all others.
    const first = drawingOf(this.#plot).length - this.#values.length;
    setText(this.#at, index === null ? '' : `${this.#plot.xLabel ?? 'step'} ${count(steps[at] ?? 0)}`);
    for (const [i, element] of this.#values.entries()) {
      const values = chart.data[1 + first + i]!;
      let place = at;
      while (place >= 0 && values[place] == null) place--;
      setText(element, place < 0 ? '' : this.#written(values[place]!));
    }
  }

  #written(value: number): string {
    if (this.#plot.unit === '%') return `${value.toFixed(value < 10 ? 2 : 1)} %`;
    return value >= 100 ? count(value) : value.toFixed(3);
  }

  #drawMarks(chart: uPlot): void {
    const { ctx, bbox } = chart;
    ctx.save();
    ctx.strokeStyle = ctx.fillStyle = colorOf('warning');
    ctx.font = `${11 * devicePixelRatio}px system-ui, sans-serif`;
    for (const [i, { step, label }] of this.#plot.marks.entries()) {
      const x = chart.valToPos(step, 'x', true);
      ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio]);
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
      // Within the plot, and those of neighbours below each other.
      const isLate = x > bbox.left + 0.7 * bbox.width;
      ctx.textAlign = isLate ? 'right' : 'left';
      ctx.fillText(label, x + (isLate ? -4 : 4) * devicePixelRatio, bbox.top + (12 + 13 * (i % 3)) * devicePixelRatio);
    }
    ctx.restore();
  }

  #width(): number {
    return Math.max(120, this.#canvas.clientWidth);
  }

  #resize(): void {
    const width = this.#width();
    if (this.#chart && this.#chart.width !== width) this.#chart.setSize({ width, height });
  }
}

/** A little room above the largest value, and never so little in all that noise fills the plot. */
function topOf(max: number | null, range: readonly [number, number] | null): number {
  if (range) return Math.min(range[1] * 1.02, Math.max(5, (max ?? 0) * 1.1));
  return (max ?? 0) > 0 ? max! * 1.08 : 1;
}

function short(value: number): string {
  if (value >= 1e6) return `${Number((value / 1e6).toFixed(2))}M`;
  return value >= 10_000 ? `${Number((value / 1e3).toFixed(1))}k` : count2(value);
}

function count2(value: number): string {
  return Number.isInteger(value) ? count(value) : String(Number(value.toFixed(3)));
}
