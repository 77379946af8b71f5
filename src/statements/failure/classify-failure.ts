import type { FailureClass } from '../../steps/failure-class.ts';
import { parseErrorText } from './error-text.ts';
import { FAILURE_RULES } from './failure-rules.ts';

/**
 * The class of a statement's failure. Messages are known as a whole: numbers and words that stand in a message of a
 * procedure's own say nothing. A text that is not known is `other`.
 */
export function classifyFailure(error: string): FailureClass {
  const { speaker, head, detail, isRaised } = parseErrorText(error);
  if (isRaised) return 'other';
  const rule = FAILURE_RULES.find(
    (one) =>
      (one.speaker ?? speaker) === speaker && one.head.test(head) && (one.detail?.test(detail) ?? true),
  );
  return rule?.failure ?? 'other';
}
