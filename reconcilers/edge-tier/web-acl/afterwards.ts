import type { Action, Outcome } from '../../contract.ts';
import { hashOfForm, isSameForm, type Form } from './form.ts';
import { type Acl, concern, type Ours, type WebAclAction } from './web-acl.ts';

const wcuOf = (form: Form, { acls, capacities }: Ours): number | undefined => {
  const hash = hashOfForm(form);
  const capacity = Object.hasOwn(capacities, hash) ? capacities[hash] : undefined;
  return capacity?.known === true ? capacity.value : acls.find((acl) => isSameForm(acl.form, form))?.wcu;
};

/** The world after one action that AWS accepted, as far as it is known without another look. */
export const afterAction = (ours: Ours, action: WebAclAction): Ours => {
  const { acls, ipSets } = ours;
  switch (action.verb) {
    case 'CreateWebACL':
    case 'CreateIPSet':
      // What AWS calls it is seen in the next look.
      return ours;
    case 'UpdateWebACL': {
      const changed = (acl: Acl): Acl => ({ ...acl, form: action.form, wcu: wcuOf(action.form, ours) });
      return { ...ours, acls: acls.map((acl) => (acl.arn === action.arn ? changed(acl) : acl)) };
    }
    case 'DeleteWebACL':
      return { ...ours, acls: acls.filter(({ arn }) => arn !== action.arn) };
    case 'UpdateIPSet':
      return { ...ours, ipSets: ipSets.map((set) => (set.arn === action.arn ? { ...set, addresses: action.addresses } : set)) };
    case 'DeleteIPSet':
      return { ...ours, ipSets: ipSets.filter(({ arn }) => arn !== action.arn) };
  }
};

const isOfThis = (action: Action): action is WebAclAction => action.concern === concern;

/** Those of a pass's actions that are of this concern and that AWS accepted. */
export const accepted = (outcomes: readonly Outcome<Action>[]): readonly WebAclAction[] => outcomes.filter(({ failure }) => failure === undefined).map(({ action }) => action).filter(isOfThis);
