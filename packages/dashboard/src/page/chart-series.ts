import type { Curve, Plot } from '../view/curves.js';
import { colorOf } from './palette.js';
import uPlot from './vendor/uplot.js';

type Line = Pick<Curve, 'x' | 'y'> & { readonly curve: Curve | null };

/** What is drawn, from the back to the front: the edges of bands, low and high in turn, curves without a name, and those with one. */
export function drawingOf({ curves, bands = [] }: Plot): Line[] {
  const edges = bands.flatMap(({ x, low, high }) => [
    { curve: null, x, y: low },
    { curve: null, x, y: high },
  ]);
  const line = (curve: Curve): Line => ({ curve, x: curve.x, y: curve.y });
  return [...edges, ...curves.filter(({ isThin }) => isThin).map(line), ...legendOf({ curves }).map(line)];
}

/** The curves that have a name in the legend. */
export function legendOf({ curves }: Pick<Plot, 'curves'>): readonly Curve[] {
  return curves.filter(({ isThin }) => !isThin);
}

/** One list of steps for all that is drawn, with gaps where one has no value. */
export function dataOf(plot: Plot): uPlot.AlignedData {
  const tables = drawingOf(plot).map(({ x, y }): uPlot.AlignedData => [[...x], [...y]]);
  return tables.length === 1 ? tables[0]! : uPlot.join(tables);
}

export function seriesOf(plot: Plot): uPlot.Series[] {
  return [{}, ...drawingOf(plot).map(({ curve }) => (curve ? lineOf(curve) : edge))];
}

export function bandsOf({ bands = [] }: Plot): uPlot.Band[] {
  return bands.map(({ color, isStrong }, i) => ({
    series: [2 * i + 2, 2 * i + 1],
    fill: `${colorOf(color)}${isStrong ? '3a' : '22'}`,
  }));
}

/** A band is filled between two series that are not seen. */
const edge: uPlot.Series = { stroke: 'transparent', width: 0, spanGaps: true, points: { show: false } };

function lineOf({ label, color, isDashed, isThin, hasMarks }: Curve): uPlot.Series {
  const points = { show: hasMarks, size: isDashed ? 4 : 6, fill: isDashed ? colorOf('card') : colorOf(color) };
  if (isThin) return { label, stroke: `${colorOf(color)}66`, width: 1, spanGaps: true, points: { show: false } };
  return {
    label,
    stroke: colorOf(color),
    width: isDashed ? 1.5 : 2,
    spanGaps: true,
    ...(isDashed ? { dash: [5, 4] } : {}),
    points,
  };
}
