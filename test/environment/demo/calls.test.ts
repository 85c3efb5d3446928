import { expect, test } from 'vitest';
import { accountLines, accountsOf, type Call } from './calls.ts';

const call = (operation: string, subject?: string, caller = 'AKIA'): Call => ({ operation, caller, ...(subject !== undefined && { subject }) });

const owners: Readonly<Record<string, string>> = { 'shop.acme.example': 'acme/shop', 'arn:1': 'acme/shop', 'dt_2': 'bakery/orders' };
const ownerOf = (subject: string): string | undefined => owners[subject];

test('calls are sorted to the tenant that they were about, whatever it was called by, and to all where they were about none', () => {
  const log = [call('ListCertificates'), call('RequestCertificate', 'shop.acme.example'), call('DescribeCertificate', 'arn:1'), call('DescribeCertificate', 'arn:1'), call('GetDistributionTenant', 'dt_2'), call('GetDistribution', 'E1')];
  expect(accountsOf(log, ownerOf)).toEqual({
    own: new Map([
      ['acme/shop', [['DescribeCertificate', 2], ['RequestCertificate', 1]]],
      ['bakery/orders', [['GetDistributionTenant', 1]]],
    ]),
    shared: [['GetDistribution', 1], ['ListCertificates', 1]],
  });
});

test('what a person did in the console is nobody’s call', () => {
  expect(accountsOf([call('CreateConnectionGroup', 'shared', 'operator')], ownerOf)).toEqual({ own: new Map(), shared: [] });
});

test('each tenant has its line, also one that cost nothing, and the sum is below', () => {
  const accounts = accountsOf([call('RequestCertificate', 'shop.acme.example'), call('ListCertificates'), call('ListCertificates')], ownerOf);
  expect(accountLines(accounts, ['acme/shop', 'dental/portal'])).toEqual([
    'acme/shop        1  RequestCertificate 1',
    'dental/portal    0',
    'shared           2  ListCertificates 2',
    'total            3',
  ]);
});
