import type { Json } from '../../contracts.ts';
import { expressionSource, parseExpression } from '../expression/expression.ts';
import type { Report } from './problem.ts';
import { statesReads, topLevelReferences } from './references.ts';

/** What `$states` has in a field beside `input` and `context`. */
export type Available = 'result' | 'errorOutput';

/**
 * Reports every expression in a template that does not parse, that refers to a context it has not, or that reads a
 * member of `$states` the field does not offer (docs: Transforming data with JSONata, "Reserved variable").
 */
export function checkTemplate(
  value: Json | undefined,
  location: string,
  report: Report,
  available: readonly Available[] = [],
): void {
  if (typeof value === 'string') {
    const source = expressionSource(value);
    if (source !== undefined) checkExpression(source, location, report, available);
  } else if (Array.isArray(value)) {
    value.forEach((item: Json, index) => {
      checkTemplate(item, `${location}[${index}]`, report, available);
    });
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      checkTemplate(item, `${location}/${key}`, report, available);
    }
  }
}

function checkExpression(
  source: string,
  location: string,
  report: Report,
  available: readonly Available[],
): void {
  let ast: unknown;
  try {
    ast = parseExpression(source).ast;
  } catch (error) {
    report.add('INVALID_JSONATA_EXPRESSION', (error as { message: string }).message, location);
    return;
  }
  for (const name of topLevelReferences(ast)) {
    const message = `Reference to '${name}' at the top level is not supported.`;
    report.add('UNSUPPORTED_JSONATA_EXPRESSION', message, location);
  }
  for (const member of statesReads(ast)) {
    if ((member !== 'result' && member !== 'errorOutput') || available.includes(member)) continue;
    const message = `Reference to '$states.${member}' is not supported in this field.`;
    report.add('UNSUPPORTED_JSONATA_EXPRESSION', message, location);
  }
}
