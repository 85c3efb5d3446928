/** A series as a scrape would give it, and its samples, one a minute, in promtool's notation: `0x9 5x60` is ten zeros and 61 fives. */
export type Series = { readonly name: string; readonly labels?: Readonly<Record<string, string>>; readonly values: string };

/**
 * How one alert comes and goes. It fires at minute `fires.at` as said; it is silent in the minutes of `silent`, which are before, after
 * it was mended, and wherever it must not be mistaken. `labels` and `says` (its description) are what whoever is on call reads.
 */
export type AlertCase = {
  readonly alert: string;
  readonly because: string;
  readonly series: readonly Series[];
  readonly fires: { readonly at: number; readonly labels?: Readonly<Record<string, string>>; readonly says: string };
  readonly silent: readonly number[];
};

/** What looks like the trouble of an alert, and is none. */
export type NearMiss = Pick<AlertCase, 'alert' | 'because' | 'series'> & { readonly silent: readonly number[] };

/** The labels that every series of ours has by the scrape. */
export const scraped = { job: 'tenant-edge-metrics', instance: '10.0.0.1:8080' } as const;

/** Its name and labels as Prometheus writes them. */
export const seriesName = ({ name, labels }: Series): string =>
  `${name}{${Object.entries({ ...scraped, ...labels }).map(([label, value]) => `${label}=${JSON.stringify(value)}`).join(',')}}`;
