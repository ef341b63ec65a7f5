import type { DataSet } from '@sparring/data';

/** Only what has rows and columns can be shown. */
export function canBeShown({ imageShape }: Pick<DataSet, 'imageShape'>): boolean {
  return imageShape.length === 2 && imageShape.every((length) => length > 1);
}
