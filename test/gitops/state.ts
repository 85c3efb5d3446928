import { stringify } from 'yaml';
import { namespace, Stage } from '../scenario/stage.ts';
import type { Kind } from './judge.ts';

/** What stands in a cluster when a story has come so far. */
export type State = {
  /** Its file in the kind's testdata: Argo CD's word for it, and which case of that. */
  readonly file: string;
  readonly because: string;
  /** What Argo CD shows, where that is not the message of `Ready`. */
  readonly message?: string;
  /** Leaves the object, `acme/shop` or the tier `basic`, in this state. The tier is there and the controller runs. */
  readonly story: (stage: Stage) => Promise<unknown>;
};

/** What Argo CD shows where nothing was said of the present spec. */
export const unspoken = 'Waiting for the controller';

/** What Argo CD shows of anything that is being deleted. */
export const deleting = 'Pending deletion';

/** From the manifest to a tenant that is served, whose customer has not switched DNS. */
export const served = async (stage: Stage): Promise<void> => {
  stage.tenant();
  await stage.world.until('the records are known', () => stage.knowsRecords());
  stage.customerAdds();
  await stage.world.until('it is served', () => stage.isReady());
};

/** What is drawn by lot, and what stands for the first of each instead, its number at the end. */
const drawn: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '3f1b6c52-8d0e-4a77-9c41-00000000000'],
  [/\bdt_[0-9A-Za-z]{27}/g, 'dt_2wjDZi3hD1ivOXf6rpZJO1000'],
  [/\bcg_[0-9A-Za-z]{27}/g, 'cg_2yHsDkcPKeUlMkk9aEgLOf000'],
  [/\bE[0-9A-Z]{13}\b/g, 'E2QWRUHEXAM00'],
  [/\bd[0-9a-z]{13}(?=\.cloudfront\.net)/g, 'd1a2b3c4d5e60'],
  [/_[0-9a-f]{32}/g, '_424c7224e9b0146f9a8808af95500'],
  [/[0-9a-z]+(?=\.acm-validations\.aws)/g, 'mhbtsbpdn'],
  [/(?<=configHash: )[0-9a-f]{16}/g, '5b1c7d2f9e00'],
];

/** The text as it would be with any seed: other ids of the same form, one moment for all times. */
const steady = (text: string): string =>
  drawn.reduce((result, [pattern, instead]) => {
    const known = new Map<string, string>();
    return result.replaceAll(pattern, (id) => {
      const number = known.get(id) ?? String(known.size + 1).padStart(id.length - instead.length, '0');
      known.set(id, number);
      return `${instead}${number}`;
    });
  }, text.replaceAll(/\b2\d{3}-\d\d-\d\dT[\d:]{8}(?:\.\d{3})?Z/g, '2030-01-01T00:00:00Z').replace(/(?<=resourceVersion: )"\d+"/, '"1"'));

/** The object in this state as YAML, as a client of the API server gets it. */
export const playedTo = async (kind: Kind, state: State): Promise<string> => {
  const stage = new Stage({ seed: 1, knobs: { disablePropagationMs: [60_000, 60_000] } });
  try {
    stage.world.apply(namespace('acme'));
    stage.tier('basic');
    stage.start();
    await stage.world.run(60_000);
    await state.story(stage);
    const object = kind === 'EdgeTier' ? stage.world.tier('basic') : stage.world.tenant('acme/shop');
    if (object === undefined) throw new Error(`play ${kind} ${state.file}: the object is gone`);
    return steady(stringify(object, { lineWidth: 0 }));
  } finally {
    stage.world.kill();
  }
};
