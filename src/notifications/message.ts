/** What SNS is given: one Publish, with a form for each kind of subscriber. */
export interface Message {
  /** One line of ASCII with at most 100 characters: SNS accepts nothing else. */
  readonly subject: string;
  /** Prose: what e-mail gets, and whoever has no form of their own. */
  readonly body: string;
  /** What other protocols get instead. */
  readonly forms: Readonly<Partial<Record<FormName, string>>>;
  /** Forms that could not be made, each with the reason. Their subscribers get the prose. */
  readonly faults: readonly string[];
  /**
   * For the filter policies of subscribers; several values are a list.
   * https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html
   */
  readonly attributes: Readonly<Record<string, string | readonly string[]>>;
}

/** Protocols of SNS that have a form of their own. */
export type FormName = 'https' | 'sqs' | 'lambda' | 'sms';
