import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitFor } from '../environment/control-plane/wait.ts';
import type { RunningController } from '../environment/embedded.ts';
import { eagerCustomers } from './eager-customers.ts';
import { faultsIn } from './oracles.ts';
import { pageAt, samplesOf, sumOf } from './page.ts';
import { askedSince } from './silence.ts';
import { Stage } from './stage.ts';
import { watchOver } from './tier-words.ts';

const seconds = 1_000;
const hours = 3_600 * seconds;
const day = 24 * hours;

/** A customer who loses a validation record, one of CloudFront's who points DNS elsewhere, and one who does nothing wrong. */
const customers = {
  lost: { key: 'acme/lost', domains: ['lost.example', 'www.lost.example'] },
  moved: { key: 'globex/moved', domains: ['moved.example'] },
  healthy: { key: 'acme/healthy', domains: ['healthy.example'] },
};
const { lost, moved, healthy } = customers;
const all = Object.values(customers);

// In order: what one leaves is where the next begins.
describe('certificates near their end, against a real API server', { timeout: 180 * seconds }, () => {
  let stage: Stage;
  let controller: RunningController;
  /** How long AWS's log was when time had gone by. */
  let aged = 0;

  beforeAll(async () => {
    stage = await Stage.start({ seed: 101, knobs: { renewalLeadMs: day, managedValidationMs: [1_000, 2_000] } });
    controller = await stage.startController();
    await stage.tier('express', { certificate: { issuer: 'CloudFront' } });
    for (const domain of moved.domains) stage.point(domain);
    const forget = eagerCustomers(stage);
    await Promise.all(all.map(({ key, domains }) => stage.tenant(key, { domains, tierRef: { name: key === moved.key ? 'express' : 'basic' } })));
    await Promise.all(all.map(({ key }) => stage.served(key)));
    forget();
  });

  afterAll(() => stage.stop());

  const certificateOf = (key: string) => {
    const [certificate, ...others] = stage.inAws(key).certificates;
    if (certificate === undefined || others.length > 0) throw new Error(`look up the certificate of ${key}: there are ${others.length + (certificate === undefined ? 0 : 1)}`);
    return certificate;
  };

  /** AWS's time goes by for one certificate. */
  const endsIn = (key: string, leftMs: number): void => stage.world.simulator.operator.ageCertificate(certificateOf(key).arn, new Date(Date.now() + leftMs));

  const isNearItsEnd = (notAfter: Date | undefined): boolean => (notAfter?.getTime() ?? Number.NaN) - Date.now() < 2 * day;

  const atRisk = async (): Promise<number> => sumOf(samplesOf((await pageAt(controller.metricsUrl)).text, 'certificates_renewal_at_risk'));

  const reasonOf = (key: string): string => stage.condition(key, 'CertificateReady')?.reason ?? '';

  const eventsAbout = async (key: string): Promise<readonly string[]> => stage.events(key.split('/')[1] ?? '');

  /** A change that changes nothing in AWS has the controller look. */
  const touch = async ({ key, domains }: (typeof all)[number]): Promise<void> => {
    await stage.tenant(key, { domains, deletionPolicy: stage.get(key)?.spec.deletionPolicy === 'Delete' ? 'Retain' : 'Delete' });
    await stage.until(key, 'looked at', 30 * seconds, ({ metadata, status }) => status?.observedGeneration === metadata.generation);
  };

  /** The validation record of one of the customer's names. */
  const recordOf = (name: string) => certificateOf(lost.key).records.find((record) => record.name.endsWith(`.${name}`) && !record.name.endsWith(`.www.${name}`)) ?? { name: '', value: '' };

  const eachAtRisk = async (keys: readonly string[], reason: string): Promise<void> => {
    await waitFor(`${reason} of ${keys.join(', ')}`, 90 * seconds, async () => {
      await stage.world.simulator.settle();
      return keys.every((key) => reasonOf(key) === reason) ? true : undefined;
    });
  };

  test('say so on the condition, in an event and in the metric where AWS cannot renew them, and what to put back', async () => {
    const watch = watchOver(stage, all.flatMap(({ domains }) => domains), { rules: 'any' });
    const missing = recordOf('www.lost.example');
    for (const { key } of [lost, moved]) stage.sendAway(key);
    stage.world.zones.remove(missing.name);
    stage.world.zones.set('moved.example', 'CNAME', ['moved.hoster.example']);
    for (const { key } of [lost, moved]) endsIn(key, 12 * hours);
    endsIn(healthy.key, 36 * hours);
    aged = stage.world.simulator.log.length;
    await eachAtRisk([lost.key, moved.key], 'RenewalAtRisk');
    const [message = '', movedMessage = ''] = [lost, moved].map(({ key }) => stage.condition(key, 'CertificateReady')?.message);
    expect(message).toContain(`CNAME ${missing.name} -> ${missing.value}`);
    expect(message).not.toContain(recordOf('lost.example').name);
    expect(movedMessage).toContain(`point DNS of moved.example to ${stage.groups.shared.endpoint} again`);
    expect([lost, moved].map(({ key }) => stage.condition(key, 'Ready')?.status)).toEqual(['True', 'True']);
    await waitFor('both to be counted', 30 * seconds, async () => ((await atRisk()) === 2 ? true : undefined));
    for (const { key } of [lost, moved]) {
      await waitFor(`an event about ${key}`, 30 * seconds, async () => (await eventsAbout(key)).find((event) => event === `Warning RenewalAtRisk: ${stage.condition(key, 'CertificateReady')?.message ?? ''}`));
    }
    watch.end();
    expect(watch.gaps).toEqual([]);
  });

  test('do not, where nothing is wrong: neither before AWS begins to renew nor while it does', async () => {
    await waitFor(`${healthy.key} to be seen near its end`, 120 * seconds, async () => {
      await askedSince(stage, aged, ['ListCertificates'], 60 * seconds);
      aged = stage.world.simulator.log.length;
      await touch(healthy);
      return isNearItsEnd(new Date(stage.get(healthy.key)?.status?.certificates?.[0]?.notAfter ?? Number.NaN)) ? true : undefined;
    });
    expect(reasonOf(healthy.key)).toBe('Issued');
    endsIn(healthy.key, 12 * hours);
    await waitFor('its renewal', 60 * seconds, async () => {
      await stage.world.simulator.settle();
      return isNearItsEnd(certificateOf(healthy.key).notAfter) ? undefined : true;
    });
  });

  test('are renewed once the customer has done what the message says, and nothing is at risk any more', async () => {
    const before = [lost, moved].map(({ key }) => certificateOf(key).arn);
    const [, name = '', value = ''] = /CNAME (\S+) -> (\S+)/.exec(stage.condition(lost.key, 'CertificateReady')?.message ?? '') ?? [];
    stage.world.zones.set(name, 'CNAME', [value]);
    stage.world.zones.set('moved.example', 'CNAME', [stage.groups.shared.endpoint]);
    await eachAtRisk([lost.key, moved.key], 'Issued');
    await waitFor('none to be counted', 30 * seconds, async () => ((await atRisk()) === 0 ? true : undefined));
    for (const { key } of [lost, moved]) {
      await waitFor(`the last event about ${key}`, 30 * seconds, async () => (await eventsAbout(key)).find((event) => event.startsWith('Normal Issued: ')));
    }
    expect([lost, moved].map(({ key }) => certificateOf(key).arn)).toEqual(before);
    expect(all.filter(({ key }) => isNearItsEnd(certificateOf(key).notAfter))).toEqual([]);
  });

  test('and nobody was ever told of the one with which nothing was wrong', async () => {
    const told = stage.witness.versions.filter(({ status }) => status?.conditions?.some(({ reason }) => reason === 'RenewalAtRisk')).map(({ metadata }) => metadata.name);
    expect([...new Set(told)].toSorted()).toEqual(['lost', 'moved']);
    expect((await eventsAbout(healthy.key)).filter((event) => event.includes('RenewalAtRisk'))).toEqual([]);
  });

  test('nothing of all this was refused, contradicted itself or was told in other words than JSON', async () => {
    expect(await faultsIn(stage, [controller])).toEqual([]);
  });
});
