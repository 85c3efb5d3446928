import { describe, expect, test } from 'vitest';
import { pagePaths, readPage } from './markdown.ts';
import { hasField, hasValue, ourFlags, ourMarks, ourMetrics, ourWords, topValues } from './words.ts';

type Word = { readonly where: string; readonly word: string };

/** All that pages set as code within their text. */
const spans: readonly Word[] = pagePaths().flatMap((path) =>
  readPage(path).prose.flatMap(({ line, text }) => [...text.matchAll(/`([^`]+)`/g)].map(([, word = '']) => ({ where: `${path}:${line} ${word}`, word }))),
);

const wrong = (found: readonly Word[], isRight: (word: string) => boolean): readonly string[] => found.filter(({ word }) => !isRight(word)).map(({ where }) => where);
const isFile = (word: string): boolean => /\.(?:md|ts|json|yaml)$/.test(word);
const matching = (form: RegExp): readonly Word[] => spans.filter(({ word }) => form.test(word) && !isFile(word));

/** Flags of helm, kubectl, vitest, of the demo and the bench. */
const flagsOfOthers = ['--help', '--keep', '--wait', '--update', '--force', '--take-ownership', '--tenants', '--rate-scale', '--in-process', '--replicas=0', '--rate-...'];
/** Words in CamelCase of Kubernetes', AWS's and the code's. */
const wordsOfOthers = ['Namespace', 'Deployment', 'Lease', 'ServiceMonitor', 'ServiceAccount', 'ClusterRole', 'ResourceQuota', 'Retry', 'Aws', 'IfNotPresent', 'DoNotSchedule', 'ScheduleAnyway'];
/** Labels of metrics and names of Prometheus' own. */
const namesOfOthers = ['runbook_url', 'aws_service'];

describe('what pages name exists', () => {
  test.each([
    { what: 'options', form: /^--[a-z]/, isRight: (word: string) => ourFlags.has(word.split(/[ =]/)[0] ?? '') || flagsOfOthers.includes(word), least: 10 },
    { what: 'reasons, conditions, alerts and values', form: /^[A-Z][a-z]+([A-Z][A-Za-z]*)+$/, isRight: (word: string) => ourWords.has(word) || wordsOfOthers.includes(word), least: 150 },
    { what: 'metrics', form: /^[a-z]+(_[a-z]+)+(\{.*\})?$/, isRight: (word: string) => ourMetrics.has(word.replace(/\{.*/, '')) || namesOfOthers.includes(word), least: 40 },
    { what: 'annotations, tags and the finalizer', form: /^tenantedge\.dev\//, isRight: (word: string) => ourMarks.has(word.split(/[=-]?=|-$/)[0] ?? ''), least: 8 },
    { what: 'fields', form: /^(?:spec|status)\.[\w.[\]]+$/, isRight: hasField, least: 15 },
    { what: 'values of the chart', form: new RegExp(`^(?:${topValues.join('|')})\\.[\\w.]+(: .+)?$`), isRight: (word: string) => hasValue(word.split(':')[0] ?? ''), least: 5 },
  ])('$what', ({ form, isRight, least }) => {
    const found = matching(form);
    expect(found.length).toBeGreaterThanOrEqual(least);
    expect(wrong(found, isRight)).toEqual([]);
  });

  test('and what does not exist is noticed', () => {
    expect([ourFlags.has('--no-such'), ourWords.has('NoSuchReason'), ourMetrics.has('no_such'), ourMarks.has('tenantedge.dev/no-such'), hasField('spec.noSuch'), hasField('status.rollout.noSuch'), hasValue('controller.noSuch')]).toEqual(Array.from({ length: 7 }, () => false));
    expect([hasField('spec.webACL.managed.rules'), hasField('status.webACLs[].wcu'), hasField('status.dnsRecords'), hasValue('networkPolicy.metricsFrom')]).toEqual([true, true, true, true]);
  });
});
