import type { ColorName } from '../view/curves.js';

/** The colours as the stylesheet has them for light or dark. */
export function colorOf(name: ColorName | string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** Calls back whenever the reader turns from light to dark or back. */
export function onSchemeChange(changed: () => void): void {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed);
}
