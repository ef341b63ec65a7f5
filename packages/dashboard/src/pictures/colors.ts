/** Gray levels of values between the bounds of the data. */
export function grays(values: Float32Array, [low, high]: readonly [number, number]): Uint8Array {
  return Uint8Array.from(values, (value) => Math.round(255 * Math.min(1, Math.max(0, (value - low) / (high - low)))));
}

/** Shades to each side of white: more would be told apart by nobody, and make large files of noise. */
const shades = 15;

const negative = [0, 90, 170] as const;
const positive = [213, 94, 0] as const;

/** From blue over white to orange, which colour-blind people tell apart: three bytes for each of 2 · 15 + 1 shades. */
export const divergingPalette = Uint8Array.from({ length: 3 * (2 * shades + 1) }, (_, i) => {
  const shade = Math.floor(i / 3) - shades;
  const full = (shade < 0 ? negative : positive)[(i % 3) as 0 | 1 | 2];
  return Math.round(255 + (Math.abs(shade) / shades) * (full - 255));
});

/** The place of white. */
export const white = shades;

/** The place of a value in the palette, from −scale to scale. */
export function divergingShade(value: number, scale: number): number {
  const share = scale > 0 ? Math.min(1, Math.max(-1, value / scale)) : 0;
  return shades + Math.round(shades * share);
}
