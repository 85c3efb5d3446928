/** An IAM policy as a file has it. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
export type Policy = { readonly Version: '2012-10-17'; readonly Statement: readonly Statement[] };

/** One grant, or one prohibition, which wins. */
export type Statement = {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  /** All of them must hold. */
  readonly Condition?: Conditions;
};

/** Operator, then key, then the values of which one must fit. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
