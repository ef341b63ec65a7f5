/** Gray levels of values between the bounds of the data. */
export function grays(values: Float32Array, [low, high]: readonly [number, number]): Uint8Array {
  return Uint8Array.from(values, (value) => Math.round(255 * Math.min(1, Math.max(0, (value - low) / (high - low)))));
}

/**
 * RGB from blue (−scale) over white (0) to orange (scale), which colour-blind people tell apart; `put` writes the colour of one value.
 */
export function putDiverging(value: number, scale: number, rgb: Uint8Array, at: number): void {
  const share = scale > 0 ? Math.min(1, Math.abs(value) / scale) : 0;
  const [red, green, blue] = value < 0 ? negative : positive;
  rgb[at] = Math.round(255 + share * (red - 255));
  rgb[at + 1] = Math.round(255 + share * (green - 255));
  rgb[at + 2] = Math.round(255 + share * (blue - 255));
}

export function diverging(values: Float32Array, scale: number): Uint8Array {
  const rgb = new Uint8Array(3 * values.length);
  for (const [i, value] of values.entries()) putDiverging(value, scale, rgb, 3 * i);
  return rgb;
}

const negative = [0, 90, 170] as const;
const positive = [213, 94, 0] as const;
