import { describe, expect, test } from 'vitest';
import { launchController } from './controller.ts';
import { podFrom } from './pod.ts';

const body = (container: object, metadata: object = {}): unknown => ({
  metadata: { name: 'edge-1', namespace: 'edge', uid: 'u1', generation: 2, ...metadata },
  spec: { serviceAccountName: 'edge', nodeName: 'n', containers: [{ name: 'controller', image: 'i', ...container }], volumes: [{ projected: { sources: [{ serviceAccountToken: { expirationSeconds: 900 } }] } }] },
});

describe('a Pod, as the stand-in for the kubelet reads it', () => {
  test('has its variables resolved, and its arguments with them', () => {
    const env = [
      { name: 'NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
      { name: 'LEASE', value: '$(NAMESPACE)/lease, $(LATER)' },
      { name: 'LATER', value: 'x' },
    ];
    const { container } = podFrom(body({ env, args: ['--lease=$(LEASE)', '--as=$(UNKNOWN)'] }));
    expect(container).toMatchObject({ environment: { NAMESPACE: 'edge', LEASE: 'edge/lease, $(LATER)', LATER: 'x' }, args: ['--lease=edge/lease, $(LATER)', '--as=$(UNKNOWN)'] });
  });

  test('is refused where a variable comes from elsewhere, which would only seem to work', () => {
    const env = [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }];
    expect(() => podFrom(body({ env }))).toThrow('resolve PASSWORD of a container: only fields of the Pod are known here');
  });

  test.each([
    { name: 'one that stays', metadata: { deletionGracePeriodSeconds: 40 }, want: undefined },
    { name: 'one that is told to end', metadata: { deletionTimestamp: '2026-01-01T00:00:00Z', deletionGracePeriodSeconds: 40 }, want: 40 },
  ])('knows how long it may take to end: $name', ({ metadata, want }) => {
    expect(podFrom(body({}, metadata)).deletionGraceSeconds).toBe(want);
  });

  test('says how long its token lasts', () => {
    expect(podFrom(body({})).tokenSeconds).toBe(900);
  });
});

describe('the controller as a process', () => {
  test('listens on free ports in the place of its own, and is otherwise told what the Pod says', () => {
    const args = ['--resync=8080', '--metrics-port=8080', '--health-port=8081'];
    const pod = podFrom(body({ args, ports: [{ name: 'metrics', containerPort: 8080 }, { name: 'health', containerPort: 8081 }], env: [{ name: 'A', value: 'b' }] }));
    const program = launchController({ pod, ports: { metrics: 50_001, health: 50_002 }, kubeconfig: '/k' });
    expect(program.args.slice(1)).toEqual(['--resync=8080', '--metrics-port=50001', '--health-port=50002', '--kubeconfig=/k']);
    expect(Object.keys(program.environment ?? {})).toEqual(['PATH', 'HOME', 'A']);
  });
});
