// What stands where a metric's name could, and is none. @see https://prometheus.io/docs/prometheus/latest/querying/operators/
const keywords = new Set(['and', 'or', 'unless', 'by', 'without', 'on', 'ignoring', 'group_left', 'group_right', 'offset', 'bool', 'atan2', 'inf', 'nan']);

/** Made by Prometheus itself at each scrape. */
const synthetic = new Set(['up']);

/** The names of the metrics that an expression reads, sorted; those that Prometheus makes itself are left out. */
export const metricsIn = (expr: string): readonly string[] => {
  const bare = expr
    .replaceAll(/"(?:[^"\\]|\\.)*"/g, '')
    .replaceAll(/\{[^}]*\}/g, ' ')
    .replaceAll(/\[[^\]]*\]/g, ' ')
    .replaceAll(/\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, ' ');
  const words = [...bare.matchAll(/(?<![\w:.])[a-zA-Z_:][\w:]*(?!\s*\(|[\w:])/g)].map(([word]) => word);
  return [...new Set(words.filter((word) => !keywords.has(word.toLowerCase()) && !synthetic.has(word)))].toSorted();
};
