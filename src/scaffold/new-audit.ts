import { isDeepStrictEqual } from 'node:util';
import { InvalidConfig } from '../errors/errors.ts';
import { QualifiedNameSchema } from '../names/names.ts';
import { parseStep } from '../steps/step.ts';
import { changed, findSteps } from './edit-pipeline.ts';
import type { ProjectChanges, ProjectFiles } from './project.ts';
import { checked, checkedColumn } from './tables/checked-names.ts';
import { type ObjectLiteral, type ParsedModule, withItem } from './typescript/parse-module.ts';
import { literalOf, valueOfKey } from './typescript/pipeline-call.ts';

export interface AuditRequest {
  readonly pipeline: string;
  readonly step: string;
  /** `schema.table:column[,column]`. */
  readonly unique: string;
}

/** Adds an audit to a step. One that is there is not added again. @throws InvalidConfig in words */
export function newAudit({ pipeline, step, unique }: AuditRequest, project: ProjectFiles): ProjectChanges {
  const audit = uniqueAudit(unique);
  const written = JSON.stringify(audit);
  const { module, steps, names } = findSteps(pipeline, `${written} to the audits of ${step}`, project);
  if (!names.includes(step))
    throw new InvalidConfig(
      `${module.path}: has no step ${JSON.stringify(step)}; there are: ${names.join(', ')}`,
    );
  const definition = valueOfKey(steps, step);
  if (definition?.type !== 'ObjectExpression') throw byHand(module, step, written);
  const after = withAudit(module, definition, step, audit);
  if (after !== module.text) refuseWrong(step, definition, audit);
  return { ...changed(module, after, []), next: [] };
}

function withAudit(module: ParsedModule, definition: ObjectLiteral, step: string, audit: object): string {
  const written = JSON.stringify(audit);
  const audits = valueOfKey(definition, 'audit');
  const isNamed = definition.properties.some(
    (property) => property.type !== 'Property' || property.computed || property.shorthand,
  );
  if (audits === undefined && !isNamed) return withItem(module, definition, `audit: [${written}]`);
  if (audits?.type !== 'ArrayExpression') throw byHand(module, step, written);
  const isThere = audits.elements.some((element) => isDeepStrictEqual(literalOf(element), audit));
  return isThere ? module.text : withItem(module, audits, written);
}

/** A check step has no audits, for instance. */
function refuseWrong(step: string, definition: ObjectLiteral, audit: object): void {
  const known = literalOf(definition) as Record<string, unknown>;
  const problems = parseStep(step, { ...known, audit: [audit] });
  if ('name' in problems) return;
  const own = problems.filter((problem) => problem.includes('audit'));
  if (own.length > 0) throw new InvalidConfig(own.join('; '));
}

function uniqueAudit(text: string) {
  const colon = text.indexOf(':');
  if (colon === -1)
    throw new InvalidConfig(
      `audit ${JSON.stringify(text)}: must be schema.table:column, or schema.table:column,column`,
    );
  const unique = checked('table', QualifiedNameSchema, text.slice(0, colon));
  const columns = text
    .slice(colon + 1)
    .split(',')
    .map((column) => checkedColumn(column.trim(), unique));
  return { unique, columns };
}

function byHand(module: ParsedModule, step: string, written: string): InvalidConfig {
  return new InvalidConfig(
    `${module.path}: the step ${step} is written in a way that nothing can be added to it for you. Add by hand, to its audits: ${written}`,
  );
}
