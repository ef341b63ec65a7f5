import type { Address } from '@sparring/runtime';

/** The options of whoever opens a page, as commander hands them over. */
export interface PageOptions {
  readonly listen: Address;
  readonly page: boolean;
}
