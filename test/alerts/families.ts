/** One metric with all of its series. `labels` are those that any series has, without a histogram's `le`, with the values seen. */
export type Family = {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly labels: Readonly<Record<string, readonly string[]>>;
  /** The names that its samples have: a histogram's end in `_bucket`, `_sum` and `_count`. */
  readonly samples: readonly string[];
};

const samplePattern = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? \S+$/;

const familyOf = (block: string): Family => {
  const [, name = '', help = ''] = /^# HELP (\S+) (.*)$/m.exec(block) ?? [];
  const [, type = ''] = /^# TYPE \S+ (\S+)$/m.exec(block) ?? [];
  const labels = new Map<string, Set<string>>();
  const samples = new Set<string>();
  for (const line of block.split('\n').filter((one) => !one.startsWith('#') && one !== '')) {
    const [, sample = '', inBraces = ''] = samplePattern.exec(line) ?? [];
    samples.add(sample);
    for (const [, label = '', value = ''] of inBraces.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)) if (label !== 'le') labels.set(label, (labels.get(label) ?? new Set()).add(value));
  }
  return { name, type, help, labels: Object.fromEntries([...labels].map(([label, values]) => [label, [...values]])), samples: [...samples] };
};

/** All metrics of a page, by name. @see https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format */
export const familiesOf = (page: string): readonly Family[] =>
  page.split(/^(?=# HELP )/m).filter((block) => block.startsWith('# HELP ')).map(familyOf).toSorted((a, b) => (a.name < b.name ? -1 : 1));

/** Every name that a query may use. */
export const sampleNames = (families: readonly Family[]): ReadonlySet<string> => new Set(families.flatMap(({ samples }) => samples));
