import type { FailureClass } from '../../steps/failure-class.ts';
import { parseErrorText } from './error-text.ts';
import { FAILURE_RULES } from './failure-rules.ts';

/**
 * Tells the class of a statement's failure. Only whole messages are compared, because single numbers and words can
 * also stand in a procedure's own message. An unknown text is `other`.
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
