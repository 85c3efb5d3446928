import type { ByteMatchStatement, FieldToMatch, Statement, TextTransformation } from '@aws-sdk/client-wafv2';
import { exactlyOne, invalidParameter } from './refusals.ts';
import { membersOf } from './requests.ts';

/** https://docs.aws.amazon.com/waf/latest/APIReference/API_TextTransformation.html */
const transformationTypes: ReadonlySet<string | undefined> = new Set(
  [
    'NONE LOWERCASE UPPERCASE COMPRESS_WHITE_SPACE REMOVE_WHITESPACE TRIM TRIM_LEFT TRIM_RIGHT REMOVE_NULLS REPLACE_NULLS',
    'URL_DECODE URL_DECODE_UNI HTML_ENTITY_DECODE BASE64_DECODE BASE64_DECODE_EXT HEX_DECODE SQL_HEX_DECODE CSS_DECODE JS_DECODE JS_DECODE_EXT',
    'ESCAPE_SEQ_DECODE CMD_LINE CMD_LINE_UNIX CMD_LINE_WIN NORMALIZE_PATH NORMALIZE_PATH_WIN REMOVE_COMMENTS_CHAR REPLACE_COMMENTS',
    'MD5 SHA256 UTF8_TO_UNICODE',
  ]
    .join(' ')
    .split(' '),
);

/** At least one, all known, each with a priority of its own. */
export const checkTransformations = (transformations: readonly TextTransformation[] | undefined): void => {
  if (transformations === undefined || transformations.length === 0)
    throw invalidParameter('TEXT_TRANSFORMATION', '', 'At least one text transformation is required');
  for (const { Type: type, Priority: priority } of transformations) {
    if (priority === undefined || !transformationTypes.has(type)) throw invalidParameter('TEXT_TRANSFORMATION', type, 'The text transformation is not valid');
  }
  if (new Set(transformations.map(({ Priority: priority }) => priority)).size !== transformations.length)
    throw invalidParameter('TEXT_TRANSFORMATION', 'Priority', 'Priorities must be unique');
};

const checkField = (field: FieldToMatch | undefined): void => {
  if (membersOf(field).length !== 1) throw invalidParameter('FIELD_TO_MATCH', 'FieldToMatch', exactlyOne);
  const { SingleHeader: header, SingleQueryArgument: argument } = field ?? {};
  if (header !== undefined && !/^.{1,64}$/.test(header.Name ?? '')) throw invalidParameter('SINGLE_HEADER', header.Name, 'The header name is not valid');
  if (argument !== undefined && !/^.{1,64}$/.test(argument.Name ?? ''))
    throw invalidParameter('SINGLE_QUERY_ARGUMENT', argument.Name, 'The argument name is not valid');
};

const constraints: ReadonlySet<string | undefined> = new Set(['EXACTLY', 'STARTS_WITH', 'ENDS_WITH', 'CONTAINS', 'CONTAINS_WORD']);
// https://docs.aws.amazon.com/waf/latest/APIReference/API_ByteMatchStatement.html
const maxSearchBytes = 200;

const checkByteMatch = ({ SearchString: sought, PositionalConstraint: constraint }: ByteMatchStatement): void => {
  if (!(sought instanceof Uint8Array) || sought.length > maxSearchBytes)
    throw invalidParameter('BYTE_MATCH_STATEMENT', 'SearchString', `The search string must have at most ${maxSearchBytes} bytes`);
  if (!constraints.has(constraint)) throw invalidParameter('BYTE_MATCH_STATEMENT', constraint, 'The positional constraint is not valid');
};

const comparisons: ReadonlySet<string | undefined> = new Set(['EQ', 'NE', 'LE', 'LT', 'GE', 'GT']);

/** Those statements that look into a part of the request; `field` is named where nothing better is. Others pass. */
export const checkInspection = (statement: Statement, field: string): void => {
  const { ByteMatchStatement: bytes, SizeConstraintStatement: size, RegexMatchStatement: regex } = statement;
  const inspection = bytes ?? size ?? regex ?? statement.SqliMatchStatement ?? statement.XssMatchStatement;
  if (inspection === undefined) return;
  checkField(inspection.FieldToMatch);
  checkTransformations(inspection.TextTransformations);
  if (bytes !== undefined) checkByteMatch(bytes);
  if (size !== undefined && (!comparisons.has(size.ComparisonOperator) || (size.Size ?? -1) < 0))
    throw invalidParameter(field, size.Size, 'ComparisonOperator and Size are not valid');
  if (regex !== undefined && !/^.{1,512}$/s.test(regex.RegexString ?? '')) throw invalidParameter(field, regex.RegexString, 'The expression is not valid');
};
