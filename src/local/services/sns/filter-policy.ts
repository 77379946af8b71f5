import { compilePattern } from '../events/pattern/compile-pattern.ts';
import { matchesEvent } from '../events/pattern/match-event.ts';
import type { CompiledPattern } from '../events/pattern/pattern.ts';
import type { MessageAttributes } from '../sqs/message-attributes.ts';
import { invalid } from './publish-request.ts';

export type FilterScope = 'MessageAttributes' | 'MessageBody';

/**
 * Reads a filter policy. Its operators are those of event patterns.
 * @throws AwsError InvalidParameterException
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html
 */
export function compileFilter(policy: string): CompiledPattern | undefined {
  if (policy === '' || policy.trim() === '{}') return undefined;
  try {
    return compilePattern(JSON.parse(policy));
  } catch (error) {
    throw invalid(`Invalid parameter: FilterPolicy: ${(error as Error).message}`);
  }
}

/** Whether a subscriber with the filter gets a message. */
export function passesFilter(
  filter: CompiledPattern | undefined,
  scope: FilterScope,
  { attributes, text }: { readonly attributes: MessageAttributes; readonly text: string },
): boolean {
  if (filter === undefined) return true;
  return matchesEvent(filter, scope === 'MessageBody' ? parsed(text) : valuesOf(attributes));
}

/** What is no JSON has no members, so no filter on them lets it pass. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** Binary attributes cannot be filtered by. */
function valuesOf(attributes: MessageAttributes): object {
  const entries = Object.entries(attributes).flatMap(([name, { DataType, StringValue = '' }]) => {
    if (DataType.startsWith('Binary')) return [];
    return [[name, DataType === 'String' ? StringValue : parsed(StringValue)]];
  });
  return Object.fromEntries(entries);
}
