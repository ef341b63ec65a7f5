import type { EndpointOptions } from '../endpoint/endpoint-settings.js';

/** The options of a command that has a page, as commander hands them over. */
export interface PageOptions extends EndpointOptions {
  readonly page: boolean;
}
