import { describe, expect, test } from 'vitest';
import type { Policy, Statement } from '../../../../helm/iam/policy.ts';
import { judgeOf } from './evaluate.ts';

const allow = (over: Partial<Statement> = {}): Policy => ({ Version: '2012-10-17', Statement: [{ Sid: 'A', Effect: 'Allow', Action: ['acm:DeleteCertificate'], Resource: ['arn:aws:acm:us-east-1:*:certificate/*'], ...over }] });
const deny = (over: Partial<Statement> = {}): Policy => allow({ Sid: 'D', Effect: 'Deny', ...over });
const on = (Condition: Statement['Condition']): Policy => allow(Condition === undefined ? {} : { Condition });

const question = { action: 'acm:DeleteCertificate', resource: 'arn:aws:acm:us-east-1:123456789012:certificate/1', context: { k: 'main', list: ['a', 'b'] } };
const allowed = (policies: readonly Policy[], over: Partial<typeof question> = {}): boolean => judgeOf(policies)({ ...question, ...over }).allowed;

describe('IAM', () => {
  test.each([
    { name: 'denies what no statement speaks of', policies: [], want: false },
    { name: 'allows what a statement names', policies: [allow()], want: true },
    { name: 'takes the names of actions in any case', policies: [allow({ Action: ['ACM:deletecertificate'] })], want: true },
    { name: 'knows wildcards in actions', policies: [allow({ Action: ['acm:Delete*'] })], want: true },
    { name: 'takes ? for one character', policies: [allow({ Action: ['acm:DeleteCertificat?'] })], want: true },
    { name: 'takes a part for no whole', policies: [allow({ Action: ['acm:Delete'] })], want: false },
    { name: 'takes other resources for others', policies: [allow({ Resource: ['arn:aws:acm:eu-west-1:*:certificate/*'] })], want: false },
    { name: 'takes a dot for a dot', policies: [allow({ Resource: ['arn.aws:acm:us-east-1:*:certificate/*'] })], want: false },
    { name: 'denies what is denied, whatever allows it', policies: [allow(), deny()], want: false },
    { name: 'denies in whatever order', policies: [deny(), allow()], want: false },
    { name: 'does not deny where the denial does not apply', policies: [deny({ Condition: { StringEquals: { k: 'other' } } }), allow()], want: true },
  ])('$name', ({ policies, want }) => {
    expect(allowed(policies)).toBe(want);
  });

  test.each([
    { operator: 'StringEquals', key: 'k', values: 'main', want: true },
    { operator: 'StringEquals', key: 'k', values: ['other', 'main'], want: true },
    { operator: 'StringEquals', key: 'k', values: 'Main', want: false },
    { operator: 'StringEquals', key: 'k', values: 'ma*', want: false },
    { operator: 'StringEquals', key: 'absent', values: 'main', want: false },
    { operator: 'StringEqualsIfExists', key: 'absent', values: 'main', want: true },
    { operator: 'StringEqualsIfExists', key: 'k', values: 'other', want: false },
    { operator: 'StringNotEquals', key: 'absent', values: 'main', want: true },
    { operator: 'StringNotEquals', key: 'k', values: 'main', want: false },
    { operator: 'StringLike', key: 'k', values: 'm*n', want: true },
    { operator: 'StringLike', key: 'absent', values: '*', want: false },
    { operator: 'StringNotLike', key: 'k', values: 'm*', want: false },
    { operator: 'ForAllValues:StringEquals', key: 'list', values: ['a', 'b', 'c'], want: true },
    { operator: 'ForAllValues:StringEquals', key: 'list', values: ['a'], want: false },
    { operator: 'ForAllValues:StringEquals', key: 'absent', values: ['a'], want: true },
    { operator: 'ForAnyValue:StringEquals', key: 'list', values: ['b'], want: true },
    { operator: 'ForAnyValue:StringEquals', key: 'absent', values: ['b'], want: false },
    { operator: 'Null', key: 'absent', values: 'true', want: true },
    { operator: 'Null', key: 'k', values: 'true', want: false },
    { operator: 'Null', key: 'k', values: 'false', want: true },
  ])('$operator of $key and $values is $want', ({ operator, key, values, want }) => {
    expect(allowed([on({ [operator]: { [key]: values } })])).toBe(want);
  });

  test('wants every condition of a statement', () => {
    expect(allowed([on({ StringEquals: { k: 'main', absent: 'x' } })])).toBe(false);
    expect(allowed([on({ StringEquals: { k: 'main' }, Null: { absent: 'false' } })])).toBe(false);
  });

  test('refuses to read an operator that it does not know', () => {
    expect(() => judgeOf([on({ NumericLessThan: { k: '1' } })])).toThrow('the operator NumericLessThan is not known here');
  });

  test('names the statement that decided', () => {
    expect(judgeOf([allow(), deny()])(question).by?.Sid).toBe('D');
    expect(judgeOf([allow()])(question).by?.Sid).toBe('A');
    expect(judgeOf([])(question).by).toBeUndefined();
  });
});
