import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import type { Band, ColorName, Curve, Plot } from '../view/curves.js';
import { Html, html } from './html.js';

const [width, height] = [560, 330];
const margin = { top: 14, right: 18, bottom: 44, left: 58 };
const legendLine = 17;

/** On white paper; the same hues as on the page. */
const colors: Readonly<Record<ColorName, string>> = {
  blue: '#0072b2',
  orange: '#d55e00',
  green: '#00875f',
  purple: '#aa4f86',
  gray: '#7d828a',
};

/** Further curves of a comparison, told apart by their dashes too. */
export const dashes = ['', '7 4', '2 3', '9 3 2 3'] as const;

/** A plot as SVG that stands for itself: it can be cut out of the report and put into a paper. */
export function svgPlot({ title, xLabel = 'step', yLabel, curves, bands = [], range, marks }: Plot): Html {
  const drawn = curves.filter(({ x }) => x.length > 0);
  const named = drawn.filter(({ isThin }) => !isThin);
  const rows = Math.ceil(named.length / 2);
  const top = margin.top + rows * legendLine + 6;
  const lastStep = largestOf(
    [...drawn, ...bands].map(({ x }) => x),
    1,
  );
  const largest = largestOf([...drawn.map(({ y }) => y), ...bands.map(({ high }) => high)], 0);
  const x = scaleLinear([0, lastStep], [margin.left, width - margin.right]);
  const most = range ? Math.min(range[1], Math.max(5, largest * 1.05)) : largest * 1.05 || 1;
  const y = scaleLinear([0, most], [height - margin.bottom, top]).nice(5);
  const format = (value: number) => value.toLocaleString('en-US', { maximumFractionDigits: 4 });
  const yTicks = y.ticks(5).map((tick) => {
    const at = y(tick);
    return html`<line x1="${margin.left}" x2="${width - margin.right}" y1="${at}" y2="${at}" stroke="#e4e4e0"/><text x="${margin.left - 8}" y="${at + 4}" text-anchor="end">${format(tick)}</text>`;
  });
  const xTicks = x
    .ticks(6)
    .filter(Number.isInteger)
    .map((tick) => {
      const at = x(tick);
      return html`<line x1="${at}" x2="${at}" y1="${height - margin.bottom}" y2="${height - margin.bottom + 5}" stroke="#555"/><text x="${at}" y="${height - margin.bottom + 18}" text-anchor="middle">${format(tick)}</text>`;
    });
  const events = marks.map(({ step, label }, i) => {
    const at = x(step);
    // Within the plot, and those of neighbours below each other.
    const isLate = step > 0.7 * lastStep;
    return html`<line x1="${at}" x2="${at}" y1="${top}" y2="${height - margin.bottom}" stroke="#b03a00" stroke-dasharray="3 3"/><text x="${isLate ? at - 4 : at + 4}" y="${top + 11 + 14 * (i % 3)}" text-anchor="${isLate ? 'end' : 'start'}" fill="#b03a00">${label}</text>`;
  });
  const middle = (top + height - margin.bottom) / 2;
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" font-family="Helvetica, Arial, sans-serif" font-size="12" fill="#222"><title>${title}</title><rect width="${width}" height="${height}" fill="#fff"/>${yTicks}${xTicks}<line x1="${margin.left}" x2="${width - margin.right}" y1="${height - margin.bottom}" y2="${height - margin.bottom}" stroke="#555"/><text x="${(margin.left + width - margin.right) / 2}" y="${height - 8}" text-anchor="middle">${xLabel}</text><text transform="translate(14 ${middle}) rotate(-90)" text-anchor="middle">${yLabel}</text>${events}${bands.map((band) => areaOf(band, x, y))}${drawn.map((curve) => path(curve, x, y))}${named.map(legendEntry)}</svg>`;
}

type Scale = (value: number) => number;

function path(curve: Curve, x: Scale, y: Scale): Html {
  const points = curve.x.map((step, i): [number, number] => [rounded(x(step)), rounded(y(curve.y[i]!))]);
  const dots = curve.hasMarks
    ? points.map(
        ([cx, cy]) =>
          html`<circle cx="${cx}" cy="${cy}" r="${curve.isDashed ? 2 : 2.6}" fill="${colors[curve.color]}"/>`,
      )
    : [];
  return html`<path d="${line()(points) ?? ''}" ${stroke(curve)}/>${dots}`;
}

function areaOf({ color, isStrong, x: at, low, high }: Band, x: Scale, y: Scale): Html {
  const points = at.map((step, i): [number, number, number] => [
    rounded(x(step)),
    rounded(y(low[i]!)),
    rounded(y(high[i]!)),
  ]);
  const shape = area<[number, number, number]>(
    ([left]) => left,
    ([, bottom]) => bottom,
    ([, , top]) => top,
  );
  return html`<path d="${shape(points) ?? ''}" fill="${colors[color]}" fill-opacity="${isStrong ? 0.22 : 0.13}"/>`;
}

function legendEntry(curve: Curve, i: number): Html {
  const left = margin.left + (i % 2) * ((width - margin.left - margin.right) / 2);
  const top = margin.top + Math.floor(i / 2) * legendLine;
  return html`<line x1="${left}" x2="${left + 24}" y1="${top}" y2="${top}" ${stroke(curve)}/><text x="${left + 31}" y="${top + 4}">${curve.label}</text>`;
}

function stroke({ color, isDashed, isThin, dash }: Curve): Html {
  if (isThin) return new Html(`fill="none" stroke="${colors[color]}" stroke-width="0.8" stroke-opacity="0.45"`);
  const dashArray = dash ?? (isDashed ? '6 4' : '');
  return new Html(
    `fill="none" stroke="${colors[color]}" stroke-width="${isDashed ? 1.4 : 2}" stroke-linejoin="round"${dashArray ? ` stroke-dasharray="${dashArray}"` : ''}`,
  );
}

/** Of many numbers, `least` at least: too many to be handed to a function one by one. */
function largestOf(lists: readonly (readonly number[])[], least: number): number {
  return lists.reduce((most, list) => list.reduce((a, b) => Math.max(a, b), most), least);
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
