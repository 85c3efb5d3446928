/** Sums a metric over its series that carry these labels; 0 where there is none. */
export type Scrape = (name: string, labels?: Readonly<Record<string, string>>) => number;

type Sample = { readonly name: string; readonly labels: Readonly<Record<string, string>>; readonly value: number };

const samplesIn = (page: string): readonly Sample[] =>
  page.split('\n').flatMap((line) => {
    const [, name, inBraces = '', value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (name === undefined) return [];
    const labels = Object.fromEntries([...inBraces.matchAll(/(\w+)="([^"]*)"/g)].map(([, label = '', text = '']) => [label, text]));
    return [{ name, labels, value: Number(value) }];
  });

/** Reads a controller's metrics once. Rejects while it does not listen. */
export const scrape = async (url: string): Promise<Scrape> => {
  const answer = await fetch(url);
  const samples = samplesIn(await answer.text());
  return (name, labels = {}) =>
    samples
      .filter((sample) => sample.name === name && Object.entries(labels).every(([label, text]) => sample.labels[label] === text))
      .reduce((sum, { value }) => sum + value, 0);
};
