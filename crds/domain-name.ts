import { domainToASCII, domainToUnicode } from 'node:url';

/*
 * The one canonicaliser of domain names. What it accepts is what the CRD's CEL rules accept (crds/tenantdomains.yaml), after folding
 * upper case and one trailing dot, and less what CEL cannot see: xn-- labels that are no IDN.
 *
 * `url.domainToASCII` on whole names is of no use here: it turns `0x7f.1` into an address, drops line feeds and paths, decodes
 * per cent signs and full-width letters. So names are checked as text, and only a single label already known to be a clean
 * `xn--…` is handed to it.
 */

declare const brand: unique symbol;

/** A canonical DNS name: lower-case ASCII, 2 to 10 labels, no trailing dot, optionally `*.` in front. Equal names are equal strings. */
export type DomainName = string & { readonly [brand]: 'DomainName' };

/** The canonical name, or what is wrong with the text and what to write instead (one line, of bounded length, printable). */
export type ParsedDomainName = { readonly ok: true; readonly name: DomainName } | { readonly ok: false; readonly problem: string };

/** RFC 1035, section 2.3.4: 255 octets on the wire, which is 253 characters as text. */
const maxNameLength = 253;
const maxLabelLength = 63;
const maxLabels = 10;

/** ACM refuses a longer first name. @see https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html (DomainName) */
const maxCommonNameLength = 64;

/** What is wrong with a whole text, before it is cut into labels. */
const problemOfText = (text: string): string | undefined => {
  if (text.length === 0) return 'is empty: write a name like shop.example.com';
  // Asked before lower-casing, which would turn the Kelvin sign into a "k".
  if (/[^ -~]/.test(text)) return 'holds characters other than printable ASCII: write an internationalised name with xn-- labels';
  if (/[^a-z0-9.*-]/i.test(text)) return 'may hold letters, digits, hyphens and dots only: leave out scheme, port, path, spaces and underscores';
  return undefined;
};

/** What is wrong with a lower-case label of [a-z0-9*-]. */
const problemOfLabel = (label: string): string | undefined => {
  if (label.length === 0) return 'has an empty label: write one dot between labels and none in front';
  if (label.length > maxLabelLength) return `has a label of more than ${maxLabelLength} characters`;
  if (label.includes('*')) return 'has a wildcard that is not a whole first label: write it like *.example.com';
  if (label.startsWith('-') || label.endsWith('-')) return `has a label that starts or ends with a hyphen: "${label}"`;
  if (label.slice(2, 4) !== '--') return undefined;
  if (!label.startsWith('xn')) return `has '--' as 3rd and 4th character of "${label}", which is reserved for xn-- names`;
  return isIdn(label) ? undefined : `has a label that is no valid internationalised name: "${label}"`;
};

/**
 * Whether a clean `xn--` label stands for a Unicode label and is the only way to write it. Node answers what UTS #46 refuses (bad
 * punycode, not NFC, mapped, unassigned or invisible characters, mixed direction) with the label itself or with nothing, so both
 * are plain ASCII. The way back is asked too, because Node promises none of this. Hyphens are allowed there where IDNA2008 does
 * not (RFC 5891, section 4.2.3.1), hence the last line.
 */
const isIdn = (label: string): boolean => {
  const unicode = domainToUnicode(label);
  if (/^[ -~]*$/.test(unicode) || domainToASCII(unicode) !== label) return false;
  return !/^-|-$|^..--/u.test(unicode);
};

const problemOfName = (name: string): string | undefined => {
  if (name.length > maxNameLength) return `has more than ${maxNameLength} characters`;
  const labels = (name.startsWith('*.') ? name.slice(2) : name).split('.');
  for (const label of labels) {
    const problem = problemOfLabel(label);
    if (problem !== undefined) return problem;
  }
  if (labels.length > maxLabels) return `has more than ${maxLabels} labels`;
  // Also keeps IP addresses out, in all the forms that programs read (1.2.3.4, 1.2.3, 0x7f.1).
  if (!/^[a-z]/.test(labels.at(-1) ?? '')) return 'ends in a digit label: write a DNS name, not an address';
  if (labels.length < 2) return 'has one label only: write a name of two or more labels, like example.com';
  return undefined;
};

/** Reads a name as a person types it: upper case and one trailing dot are folded, nothing else is mended. Never throws. */
export const parseDomainName = (text: string): ParsedDomainName => {
  const textProblem = problemOfText(text);
  if (textProblem !== undefined) return { ok: false, problem: textProblem };
  const name = (text.endsWith('.') ? text.slice(0, -1) : text).toLowerCase();
  const problem = problemOfName(name);
  return problem === undefined ? { ok: true, name: name as DomainName } : { ok: false, problem };
};

/** Whether it stands for all names one label longer. */
export const isWildcard = (name: DomainName): boolean => name.startsWith('*.');

/** Whether a certificate or tenant for `pattern` serves `name`: the same, or a wildcard and exactly one label more. */
export const covers = (pattern: DomainName, name: DomainName): boolean =>
  pattern === name || (isWildcard(pattern) && name.slice(name.indexOf('.')) === pattern.slice(1));

/** The names in alphabetical order, each once. */
export const sortedNames = (names: readonly DomainName[]): readonly DomainName[] =>
  [...new Set(names)].toSorted((a, b) => (a < b ? -1 : 1));

/** The name to ask ACM for first: the shortest of at most 64 characters, of equally long ones the first in the alphabet. */
export const commonNameOf = (names: readonly DomainName[]): DomainName | undefined =>
  sortedNames(names)
    .filter((name) => name.length <= maxCommonNameLength)
    .toSorted((a, b) => a.length - b.length)[0];
