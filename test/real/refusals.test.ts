import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitFor } from '../environment/control-plane/wait.ts';
import type { RunningController } from '../environment/embedded.ts';
import { eagerCustomers } from './eager-customers.ts';
import { faultsIn } from './oracles.ts';
import { domainOf, isServedBy, on, refused } from './refusal-words.ts';
import { Stage } from './stage.ts';
import { common, home, inForce, managedTier, watchOver } from './tier-words.ts';

const seconds = 1_000;

/** Tenants who move where they may not: by what AWS says, and by what the new distribution asks for. */
const [mover, lacking] = ['acme/mover', 'globex/lacking'];

/** Tenants with certificates of ACM. Two of them use up all that the account may request in a year. */
const [switching, growing, late] = ['acme/switching', 'globex/growing', 'globex/late'];
const nameOf = (key: string): string => `${key.split('/')[1] ?? ''}.example`;

// In order: what one leaves is where the next begins.
describe('what AWS refuses, against a real API server', { timeout: 180 * seconds }, () => {
  let stage: Stage;
  const controllers: RunningController[] = [];

  beforeAll(async () => {
    stage = await Stage.start({ seed: 121, knobs: { reparenting: 'refused', managedValidationMs: [1_000, 2_000] } });
    eagerCustomers(stage);
    controllers.push(await stage.startController(['--acm-certificates-per-year', '2']));
  });

  afterAll(() => stage.stop());

  /** A distribution with the certificate of the platform's zone, and parameters that its tenants must have. */
  const blueprint = (...required: readonly string[]): string => {
    const { inspect, operator } = stage.world.simulator;
    const certificateArn = inspect.distributions().find(({ id }) => id === stage.distributions.platform)?.certificateArn ?? '';
    return operator.createDistribution({ certificateArn, parameters: required.map((Name) => ({ Name, Definition: { StringSchema: { Required: true } } })) }).id;
  };

  const express = (issuer: 'ACM' | 'CloudFront'): Promise<void> => stage.tier('express', { certificate: { issuer } });

  const onExpress = (key: string, ...more: readonly string[]): Promise<void> => {
    const domains = [nameOf(key), ...more];
    domains.forEach((domain) => stage.point(domain));
    return stage.tenant(key, { tierRef: { name: 'express' }, domains });
  };

  const certificatesOf = (key: string): string => stage.inAws(key).certificates.map(({ names, managedBy }) => `${managedBy ?? 'ACM'} ${names.toSorted().join(' ')}`).join(', ');

  const requests = (): number => stage.world.simulator.log.filter(({ operation, committed }) => operation === 'RequestCertificate' && committed).length;

  describe.concurrent('each in its own time', () => {
    test('a move that the new distribution or AWS refuses leaves the tenant as it was, with its rules, and back is always possible', async ({ expect: expectHere }) => {
      const both = [mover, lacking];
      const watch = watchOver(stage, both.map(domainOf));
      await Promise.all([
        managedTier(stage, 'here'), managedTier(stage, 'there', { rules: [common, home] }, { distributionId: blueprint() }),
        managedTier(stage, 'demanding', { rules: [common, home] }, { distributionId: blueprint('site'), tenantOverrides: { parameters: [{ name: 'site', format: 'Label' }] } }),
        ...both.map((key) => on(stage, 'here', key)),
      ]);
      await Promise.all([...both.map((key) => stage.served(key)), inForce(stage, 'there'), inForce(stage, 'demanding')]);
      const before = both.map((key) => stage.inAws(key));
      await Promise.all([on(stage, 'there', mover), on(stage, 'demanding', lacking)]);
      await refused(stage, mover, 'MoveRefused', 'InvalidAssociation');
      await refused(stage, lacking, 'ParameterMissing', 'requires parameter "site"');
      await on(stage, 'demanding', lacking, { parameters: [{ name: 'site', value: 'globex' }] });
      await refused(stage, lacking, 'MoveRefused', 'served as before');
      expectHere(both.map((key) => stage.condition(key, 'Stalled')?.reason)).toEqual(['MoveRefused', 'MoveRefused']);
      await on(stage, 'here', mover);
      await stage.served(mover);
      expectHere(both.map((key) => stage.inAws(key))).toEqual(before);
      expectHere(both.map((key) => isServedBy(stage, 'here', key))).toEqual([true, true]);
      watch.end();
      expectHere(watch.gaps).toEqual([]);
    });

    test("the last of the year's certificates are kept for those who serve: not for another issuer, not for who is new", async ({ expect: expectHere }) => {
      const both = [switching, growing];
      const watch = watchOver(stage, both.map(nameOf), { rules: 'any' });
      await express('ACM');
      await Promise.all(both.map((key) => onExpress(key)));
      await Promise.all(both.map((key) => stage.served(key)));
      await express('CloudFront');
      const isReserved = (key: string): boolean => stage.condition(key, 'CertificateReady')?.reason === 'CertificatesReserved';
      await waitFor('both to wait with the change of the issuer', 60 * seconds, async () => (both.every(isReserved) ? true : undefined));
      await onExpress(late);
      await refused(stage, late, 'CertificatesReserved', '90 % of the 2 certificates');
      expectHere(both.map((key) => [stage.condition(key, 'CertificateReady')?.status, stage.condition(key, 'Ready')?.status])).toEqual(both.map(() => ['True', 'True']));
      expectHere([...both, late].map(certificatesOf)).toEqual(['ACM switching.example', 'ACM growing.example', '']);
      await onExpress(growing, 'more.growing.example');
      await waitFor('its successor to serve', 90 * seconds, async () => (certificatesOf(growing) === 'CLOUDFRONT growing.example more.growing.example' ? true : undefined));
      await stage.served(growing);
      expectHere([switching, late].map(certificatesOf)).toEqual(['ACM switching.example', '']);
      watch.end();
      expectHere(watch.gaps).toEqual([]);
    });
  });

  test('is asked for again by the next process, and had where AWS has relented', async () => {
    const watch = watchOver(stage, [switching, growing].map(nameOf), { rules: 'any' });
    const moves = watchOver(stage, [mover, lacking].map(domainOf));
    Object.assign(stage.world.simulator.knobs, { reparenting: 'together' });
    await controllers[0]?.process.stop(25 * seconds);
    controllers.push(await stage.startController());
    await Promise.all([lacking, late].map((key) => stage.served(key)));
    await waitFor('the issuer to be changed', 90 * seconds, async () => (certificatesOf(switching) === 'CLOUDFRONT switching.example' ? true : undefined));
    expect([isServedBy(stage, 'demanding', lacking), isServedBy(stage, 'here', mover)]).toEqual([true, true]);
    expect([growing, late].map(certificatesOf)).toEqual(['CLOUDFRONT growing.example more.growing.example', 'CLOUDFRONT late.example']);
    expect(requests()).toBe(2);
    for (const { end } of [watch, moves]) end();
    expect([...watch.gaps, ...moves.gaps]).toEqual([]);
  });

  test('is all that was refused: the API server refused nothing, nothing contradicted itself, no process met a bug', async () => {
    expect(await faultsIn(stage, controllers)).toEqual([]);
  });
});
