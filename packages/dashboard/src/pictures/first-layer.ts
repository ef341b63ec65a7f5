import type { Model } from '@sparring/core';
import { divergingPalette, divergingShade, white } from './colors.js';
import type { LayerPicture } from './pictures.js';
import { pngUri } from './png.js';

const mostTiles = 48;
const tilesInRow = 8;
/** White pixels between tiles. */
const gap = 2;

interface Tiles {
  readonly name: string;
  readonly units: number;
  readonly rows: number;
  readonly columns: number;
  weight(unit: number, pixel: number): number;
}

/**
 * The weights that read the input, a tile for each unit: of a kernel [inputs, units] as images, of [rows, columns, channels, units]
 * as filters of the first channel. null where the model has neither.
 */
export function firstLayerPicture(
  model: Pick<Model, 'parameters' | 'inputSize'>,
  parameters: Readonly<Record<string, Float32Array>>,
  [rows, columns]: readonly [number, number],
): LayerPicture | null {
  const tiles = findTiles(model, parameters, rows, columns);
  if (!tiles) return null;
  const { name, units } = tiles;
  const shown = Math.min(units, mostTiles);
  const size = tiles.rows * tiles.columns;
  const scale = largest(shown, size, tiles);
  const inRow = Math.min(shown, tilesInRow);
  const width = inRow * (tiles.columns + gap) - gap;
  const height = Math.ceil(shown / inRow) * (tiles.rows + gap) - gap;
  const pixels = new Uint8Array(width * height).fill(white);
  for (let unit = 0; unit < shown; unit++) {
    const left = (unit % inRow) * (tiles.columns + gap);
    const top = Math.floor(unit / inRow) * (tiles.rows + gap);
    for (let pixel = 0; pixel < size; pixel++) {
      const x = left + (pixel % tiles.columns);
      const y = top + Math.floor(pixel / tiles.columns);
      pixels[y * width + x] = divergingShade(tiles.weight(unit, pixel), scale);
    }
  }
  return { name, image: pngUri(pixels, width, height, divergingPalette), width, height, shown, units, scale };
}

function findTiles(
  { parameters: shapes, inputSize }: Pick<Model, 'parameters' | 'inputSize'>,
  parameters: Readonly<Record<string, Float32Array>>,
  rows: number,
  columns: number,
): Tiles | null {
  for (const [name, shape] of Object.entries(shapes)) {
    const values = parameters[name];
    if (!values) continue;
    if (shape.length === 2 && shape[0] === inputSize) {
      const units = shape[1]!;
      return { name, units, rows, columns, weight: (unit, pixel) => values[pixel * units + unit]! };
    }
    if (shape.length === 4) {
      const [high, wide, channels, units] = shape as [number, number, number, number];
      const weight = (unit: number, pixel: number) => values[pixel * channels * units + unit]!;
      return { name, units, rows: high, columns: wide, weight };
    }
  }
  return null;
}

/** All but the largest hundredth have a shade of their own: a single large weight would leave the others white. */
function largest(units: number, size: number, { weight }: Tiles): number {
  const magnitudes = new Float32Array(units * size);
  for (let i = 0; i < magnitudes.length; i++) magnitudes[i] = Math.abs(weight(Math.floor(i / size), i % size));
  magnitudes.sort();
  return magnitudes[Math.floor(0.99 * (magnitudes.length - 1))] || magnitudes.at(-1)!;
}
