/** What is told of a training, and to whom. */
export interface Arrangement {
  readonly name: string;
  /** Whether it has metrics, as `sparring train` does. */
  readonly metrics: boolean;
  /** Whether it has a page. */
  readonly page: boolean;
  /** Who asks, meanwhile: Prometheus once a second, and pages that read the event stream. */
  readonly scrapes: boolean;
  readonly pages: number;
}

export interface Comparison {
  readonly name: string;
  readonly title: string;
  readonly plain: Arrangement;
  readonly watched: Arrangement;
  /** The second is to be this many times as fast as the first, at least. */
  readonly goal: number;
}

export const comparisons: readonly Comparison[] = [
  {
    name: 'metrics',
    title: 'metrics that are scraped every second, against none',
    plain: { name: 'no metrics', metrics: false, page: false, scrapes: false, pages: 0 },
    watched: { name: 'scraped every second', metrics: true, page: false, scrapes: true, pages: 0 },
    goal: 0.98,
  },
  {
    name: 'page',
    title: 'five pages that read the event stream, against a page that nobody opens',
    plain: { name: 'nobody looks', metrics: true, page: true, scrapes: false, pages: 0 },
    watched: { name: 'five pages', metrics: true, page: true, scrapes: false, pages: 5 },
    goal: 0.97,
  },
];
