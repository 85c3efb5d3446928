/** What a probe or a scrape is answered. */
export type Page = { readonly status: number; readonly text: string };

/** Asks a page of the controller's own. Rejects where nobody listens. */
export const pageAt = async (url: string): Promise<Page> => {
  const answer = await fetch(url);
  return { status: answer.status, text: await answer.text() };
};

/** One sample of a metric; `labels` as they are written, braces included. */
export type Sample = { readonly labels: string; readonly value: number };

/** Every sample of this metric on a page of them. @see https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format */
export const samplesOf = (page: string, name: string): readonly Sample[] =>
  page.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `)).map((line) => {
    const space = line.lastIndexOf(' ');
    return { labels: line.slice(name.length, space), value: Number(line.slice(space + 1)) };
  });

/** All samples together. */
export const sumOf = (samples: readonly Sample[]): number => samples.reduce((total, { value }) => total + value, 0);
