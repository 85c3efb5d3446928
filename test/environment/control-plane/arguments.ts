import { join } from 'node:path';
import type { Layout } from './layout.ts';

const loopback = (port: number): string => `http://127.0.0.1:${String(port)}`;

/**
 * A member alone, on loopback without TLS. Without fsync, because what it stores need not outlive the machine.
 *
 * @see https://etcd.io/docs/v3.6/op-guide/configuration/
 */
export const etcdArgs = (layout: Layout): readonly string[] => [
  `--data-dir=${join(layout.directory, 'etcd')}`,
  `--listen-client-urls=${loopback(layout.etcdPort)}`,
  `--advertise-client-urls=${loopback(layout.etcdPort)}`,
  `--listen-peer-urls=${loopback(layout.peerPort)}`,
  `--initial-advertise-peer-urls=${loopback(layout.peerPort)}`,
  `--initial-cluster=default=${loopback(layout.peerPort)}`,
  '--unsafe-no-fsync',
];

/**
 * Everything as a cluster has it by default, above all RBAC and admission (ValidatingAdmissionPolicy among it); only the plugin that refuses pods
 * whose ServiceAccount nobody has made goes with the controller that makes them.
 *
 * @see https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/
 */
export const apiserverArgs = (layout: Layout, controllerManager: boolean): readonly string[] => [
  `--etcd-servers=${loopback(layout.etcdPort)}`,
  '--bind-address=127.0.0.1',
  '--advertise-address=127.0.0.1',
  `--secure-port=${String(layout.apiserverPort)}`,
  '--service-cluster-ip-range=10.0.0.0/24',
  '--authorization-mode=RBAC',
  ...(controllerManager ? [] : ['--disable-admission-plugins=ServiceAccount']),
  `--cert-dir=${layout.directory}`,
  `--tls-cert-file=${join(layout.directory, 'apiserver.crt')}`,
  `--tls-private-key-file=${join(layout.directory, 'apiserver.key')}`,
  `--client-ca-file=${join(layout.directory, 'authority.crt')}`,
  `--service-account-issuer=${layout.url}/`,
  `--service-account-key-file=${join(layout.directory, 'serviceaccount.pub')}`,
  `--service-account-signing-key-file=${join(layout.directory, 'serviceaccount.key')}`,
  `--audit-policy-file=${join(layout.directory, 'audit-policy.json')}`,
  `--audit-log-path=${join(layout.directory, 'audit.log')}`,
];

/**
 * The controllers that a test can tell from their absence, without a port and without an election nobody else stands in. Deployments have Pods
 * made for them; what runs those is in test/environment/kubelet.
 *
 * @see https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/
 */
export const controllerManagerArgs = (layout: Layout): readonly string[] => [
  `--kubeconfig=${layout.adminKubeconfigPath}`,
  '--controllers=namespace-controller,garbage-collector-controller,serviceaccount-controller,deployment-controller,replicaset-controller,clusterrole-aggregation-controller',
  '--leader-elect=false',
  '--secure-port=0',
];
