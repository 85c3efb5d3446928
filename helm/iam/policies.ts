import { awsOperations, type Aws } from '../../reconcilers/ports/aws.ts';
import { behind, grants } from './grants.ts';
import type { Policy, Statement } from './policy.ts';
import { type FeatureSet, featureSets, type Sid, type StatementForm, statements } from './statements.ts';

/** The installation's id that the files are written for: as the pages of docs/ call theirs. Every `"main"` in them is the id, and nothing else is. */
export const exampleInstallation = 'main';

const callNames = Object.keys(awsOperations) as readonly (keyof Aws)[];

const actionOf = (name: keyof Aws): string => `${awsOperations[name].service}:${awsOperations[name].operation}`;

const actionsIn = (sid: Sid): readonly string[] => {
  const asked = callNames.filter((name) => grants[name].includes(sid)).map(actionOf);
  const besides = behind.filter((one) => one.in === sid).map(({ action }) => action);
  return [...new Set([...asked, ...besides])].toSorted();
};

const statementOf = (sid: Sid, installation: string): Statement => {
  const { on, when }: StatementForm = statements[sid];
  return { Sid: sid, Effect: 'Allow', Action: actionsIn(sid), Resource: on, ...(when && { Condition: when(installation) }) };
};

/** The policy of one feature set, for an installation of this id. */
export const policyOf = (set: FeatureSet, installation: string): Policy => {
  const sids = (Object.keys(statements) as readonly Sid[]).filter((sid) => statements[sid].set === set);
  return { Version: '2012-10-17', Statement: sids.map((sid) => statementOf(sid, installation)) };
};

/** Everything that a controller with all its features needs. */
export const policiesOf = (installation: string): readonly Policy[] => featureSets.map((set) => policyOf(set, installation));

/** The files of this folder that are generated, by their path from the root of the project. */
export const iamFiles = (): ReadonlyMap<string, string> =>
  new Map(featureSets.map((set) => [`helm/iam/${set}.json`, `${JSON.stringify(policyOf(set, exampleInstallation), null, 2)}\n`]));
