const hidden = '[redacted]';

// Values that are secret by the name of their field, wherever in the line that is.
const secretFields =
  /"(authorization|x-amz-security-token|secretAccessKey|sessionToken|accessToken|idToken|refreshToken|token|password|privateKey|client-key-data)":"(?:[^"\\]|\\.)*"/gi;

// Values that are secret by their look, also in the middle of a message. In JSON text no match can run past its string: none holds a quote
// or a backslash.
const secretValues: readonly (readonly [RegExp, string])[] = [
  // In any case of letters, but only before what looks like a credential: both are words too, "basic" a good name for a tier.
  [/\b(Bearer)\s+[\w.~+/=-]{20,}/gi, `$1 ${hidden}`],
  [/\b((?i:Basic))\s+(?=[a-z+/]*[A-Z0-9=])[A-Za-z0-9+/]{8,}={0,2}/g, `$1 ${hidden}`],
  [/\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, hidden],
  // @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids (AKIA, ASIA)
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, hidden],
  [/\bX-Amz-(Signature|Credential|Security-Token)=[^&\s"\\]+/gi, `X-Amz-$1=${hidden}`],
  [/\b(Signature|Credential)=[^,\s"\\]+/g, `$1=${hidden}`],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----(?:[^"\\]|\\n)*/g, hidden],
];

/** A line of JSON with what must stay secret made unreadable: by the name of its field, and by its look. Still the same JSON otherwise. */
export const withoutSecrets = (line: string): string =>
  secretValues.reduce(
    (text, [look, instead]) => text.replace(look, instead),
    line.replace(secretFields, (_found, field: string) => `"${field}":"${hidden}"`),
  );
