import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitFor } from '../environment/control-plane/wait.ts';
import type { RunningController } from '../environment/embedded.ts';
import { wordsOf } from '../gitops/agreement.ts';
import { judge, judgePath } from '../gitops/judge.ts';
import { kubectl, rowsOf } from './kubectl.ts';
import { faultsIn } from './oracles.ts';
import { platformZone, Stage } from './stage.ts';

const seconds = 1_000;

/** `judged`: what Argo CD and kstatus make of it. */
type Row = {
  /** In namespace `acme`. */
  readonly name: string;
  readonly because: string;
  readonly given: (stage: Stage, key: string) => Promise<void>;
  readonly want: { readonly ready: string; readonly besides: 'Reconciling' | 'Stalled' | ''; readonly judged: string; readonly dns: string };
};

const inProgress = { besides: '', judged: 'Suspended/InProgress' } as const;
const reconciling = { besides: 'Reconciling', judged: 'Progressing/InProgress' } as const;
const stalled = { besides: 'Stalled', judged: 'Degraded/Failed' } as const;
const current = { besides: '', judged: 'Healthy/Current' } as const;

const rows: readonly Row[] = [
  {
    name: 'served', because: 'DNS leads here and CloudFront has deployed it',
    given: (stage, key) => {
      stage.point(`acme-served.${platformZone}`);
      return stage.platformTenant(key);
    },
    want: { ready: 'True/Served', ...current, dns: 'True/Configured' },
  },
  {
    name: 'not-switched', because: 'it would be served, but its customer has not switched DNS',
    given: (stage, key) => {
      stage.sendAway(key);
      return stage.platformTenant(key);
    },
    want: { ready: 'True/Served', ...current, dns: 'False/NotConfigured' },
  },
  {
    name: 'waiting', because: 'its customer has not added the record that ACM wants to see',
    given: (stage, key) => {
      stage.sendAway(key);
      return stage.tenant(key, { domains: ['shop.waiting.example'] });
    },
    want: { ready: 'False/WaitingForCustomerDNS', ...inProgress, dns: 'False/NotConfigured' },
  },
  {
    name: 'disabled', because: 'somebody switched it off',
    given: (stage, key) => {
      stage.point(`acme-disabled.${platformZone}`);
      return stage.platformTenant(key, { enabled: false });
    },
    want: { ready: 'False/EnabledFalse', ...inProgress, dns: 'True/Configured' },
  },
  {
    name: 'early', because: 'its tier is applied later',
    given: (stage, key) => stage.tenant(key, { tierRef: { name: 'tomorrow' }, domains: ['early.example'] }),
    want: { ready: 'False/TierNotFound', ...reconciling, dns: 'Unknown/WaitingForTier' },
  },
  {
    name: 'not-admitted', because: 'the tier admits no namespace',
    given: async (stage, key) => {
      await stage.tier('closed', { allowedNamespaces: { from: 'None' } });
      await stage.tenant(key, { tierRef: { name: 'closed' }, domains: ['closed.example'] });
    },
    want: { ready: 'False/NamespaceNotAllowed', ...stalled, dns: 'Unknown/WaitingForTier' },
  },
  {
    name: 'overreaching', because: 'it names a web ACL, and its tier allows none',
    given: (stage, key) => stage.tenant(key, { domains: ['over.example'], webACL: { type: 'Disabled' } }),
    want: { ready: 'False/OverrideNotAllowed', ...stalled, dns: 'Unknown/WaitingForTier' },
  },
  {
    name: 'taken', because: 'another account serves its domain',
    given: (stage, key) => {
      stage.point(`acme-taken.${platformZone}`);
      stage.world.simulator.operator.foreignDomain(`acme-taken.${platformZone}`);
      return stage.platformTenant(key);
    },
    want: { ready: 'False/DomainTaken', ...stalled, dns: 'True/Configured' },
  },
];

describe('why a tenant is not live', { timeout: 90 * seconds }, () => {
  let stage: Stage;
  let controller: RunningController;

  beforeAll(async () => {
    await judgePath();
    stage = await Stage.start({ seed: 41 });
    controller = await stage.startController();
  });

  afterAll(() => stage.stop());

  const told = (key: string, type: string): string => {
    const { status, reason } = stage.condition(key, type) ?? { status: '', reason: 'absent' };
    return `${status}/${reason}`;
  };

  test.concurrent.for(rows)('$name, because $because', async ({ name, given, want }, { expect: expectHere }) => {
    const key = `acme/${name}`;
    await given(stage, key);
    await stage.until(key, want.ready, 60 * seconds, () => told(key, 'Ready') === want.ready && told(key, 'DNSConfigured') === want.dns);
    expectHere(['Reconciling', 'Stalled'].filter((type) => stage.condition(key, type)?.status === 'True').join(' ')).toBe(want.besides);
    const tenant = stage.get(key);
    const judgements = await judge(tenant === undefined ? [] : [{ ...tenant, kind: 'TenantDomain' }]);
    expectHere(judgements.map(wordsOf)).toEqual([want.judged]);
  });

  test('kubectl get td shows it at a glance', async () => {
    const table = await kubectl(stage.world.controlPlane.adminKubeconfigPath, 'get', 'td', '-A');
    expect(Object.keys(rowsOf(table)[0] ?? {})).toEqual(['NAMESPACE', 'NAME', 'READY', 'REASON', 'DOMAIN', 'TIER', 'CERTIFICATE', 'DNS', 'AGE']);
    const shown = rowsOf(table).map(({ NAME, READY, REASON }) => `${NAME ?? ''} ${READY ?? ''}/${REASON ?? ''}`);
    expect(shown.toSorted()).toEqual(rows.map(({ name, want }) => `${name} ${want.ready}`).toSorted());
  });

  test('kubectl get td -o wide says it in words, and where to look in AWS', async () => {
    const table = await kubectl(stage.world.controlPlane.adminKubeconfigPath, 'get', 'tenantdomains', '-n=acme', '-o=wide');
    const byName = new Map(rowsOf(table).map((row) => [row['NAME'], row]));
    expect(byName.get('not-admitted')?.['MESSAGE']).toBe(stage.condition('acme/not-admitted', 'Ready')?.message);
    const served = stage.get('acme/served')?.status;
    expect(byName.get('served')).toMatchObject({ ENDPOINT: served?.endpoint, 'TENANT-ID': served?.distributionTenant?.id, DISTRIBUTION: served?.distributionTenant?.distributionId });
  });

  test('kubectl wait ends when a tenant is served, the category shows tiers too, and a tier finds its tenants', async () => {
    const config = stage.world.controlPlane.adminKubeconfigPath;
    expect(await kubectl(config, 'wait', '--for=condition=Ready', 'td/served', '-n=acme', '--timeout=10s')).toContain('condition met');
    expect(await kubectl(config, 'get', 'tenantedge', '-A', '-o=name')).toContain('edgetier.tenantedge.dev/platform');
    expect((await kubectl(config, 'get', 'td', '-n=acme', '--field-selector=spec.tierRef.name=closed', '-o=name')).trim()).toBe('tenantdomain.tenantedge.dev/not-admitted');
  });

  test('events tell what was done and what a person must mend', async () => {
    const heard = async (name: string, ...wanted: readonly string[]): Promise<void> => {
      // They are written some time after the status that says the same.
      await waitFor(`events of ${name}`, 30_000, async () => {
        const heads = (await stage.events(name)).map((event) => event.split(':')[0]);
        return wanted.every((head) => heads.includes(head)) ? true : undefined;
      });
    };
    await heard('served', 'Normal CreateDistributionTenant', 'Normal Served');
    await heard('not-admitted', 'Warning NamespaceNotAllowed');
    await heard('taken', 'Warning DomainTaken');
    expect((await stage.events('waiting')).filter((event) => event.startsWith('Warning'))).toEqual([]);
  });

  test('none of this was refused by the API server, or contradicted itself on the way', async () => {
    expect(await faultsIn(stage, [controller])).toEqual([]);
  });
});
