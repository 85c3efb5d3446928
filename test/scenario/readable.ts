/**
 * What the account and the controller make up, and how each kind is called in a transcript: in the order of appearance, so that no id
 * of a seed is in a golden file.
 */
const kinds: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['certificate', /arn:aws:acm:us-east-1:\d{12}:certificate\/[0-9a-f-]{36}/g],
  ['tenant', /(?:arn:aws:cloudfront::\d{12}:distribution-tenant\/)?dt_[0-9A-Za-z]{27}/g],
  ['web-acl', /arn:aws:wafv2:us-east-1:\d{12}:global\/webacl\/[\w-]+\/[0-9a-f-]{36}/g],
  ['ip-set', /arn:aws:wafv2:us-east-1:\d{12}:global\/ipset\/[\w-]+\/[0-9a-f-]{36}/g],
  ['distribution', /\bE[0-9A-Z]{13}\b/g],
  ['group', /\bcg_[0-9A-Za-z]{27}\b/g],
  ['endpoint', /\bd[0-9a-z]{13}\.cloudfront\.net/g],
  ['validation', /_[0-9a-f]{32}\.[0-9a-z]+\.acm-validations\.aws/g],
  ['_token', /_[0-9a-f]{32}/g],
];

/** The end of a derived name: a hash of installation and owner; of a tier's resource a shorter one. */
const derived = /-(?:[0-9a-f]{24}|[0-9a-f]{16})(?![0-9a-f-]*\/)\b/g;

/** The text with short names for what differs from seed to seed. */
export const readable = (text: string): string =>
  kinds.reduce((result, [name, pattern]) => {
    const names = new Map<string, string>();
    return result.replaceAll(pattern, (id) => {
      const key = id.slice(id.lastIndexOf('/') + 1);
      const known = names.get(key) ?? `${name}-${names.size + 1}`;
      names.set(key, known);
      return known;
    });
  }, text.replaceAll(derived, ''));
