/** What is told of a training, and to whom. */
export interface Arrangement {
  readonly name: string;
  /** Whether it has metrics, as `sparring train` does. */
  readonly metrics: boolean;
  /** Whether it has a page. */
  readonly page: boolean;
  /** Who looks, meanwhile: Prometheus, so often; null: it does not. */
  readonly scrapeEveryMs: number | null;
  /** And so many pages that read the event stream. */
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

export function comparisonsOf(scrapeEveryMs: number): readonly Comparison[] {
  const every = scrapeEveryMs === 1_000 ? 'every second' : `every ${scrapeEveryMs / 1_000} s`;
  const nobody = { scrapeEveryMs: null, pages: 0 };
  return [
    {
      name: 'metrics',
      title: `metrics that are scraped ${every}, against none`,
      plain: { name: 'no metrics', metrics: false, page: false, ...nobody },
      watched: { name: `scraped ${every}`, metrics: true, page: false, scrapeEveryMs, pages: 0 },
      goal: 0.98,
    },
    {
      name: 'page',
      title: 'five pages that read the event stream, against a page that nobody opens',
      plain: { name: 'nobody looks', metrics: true, page: true, ...nobody },
      watched: { name: 'five pages', metrics: true, page: true, scrapeEveryMs: null, pages: 5 },
      goal: 0.97,
    },
  ];
}
