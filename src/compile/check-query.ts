import { readFileSync } from 'node:fs';
import type { CheckStep } from '../definition/pipeline.ts';
import { InvalidPipeline } from '../errors.ts';
import { compactSql, splitSql } from '../sql-text.ts';

const CHECKS = new URL('../../sql/checks/', import.meta.url);

/** Rows that are shown at most, where a check shows rows at all. */
const SHOWN_ROWS = 20;

/**
 * Statements of a check: how many rows its query finds and, where they may be shown, the first of them. Counting is left
 * to the warehouse, so that a million wrong rows cost no more than twenty to bring here.
 * @throws InvalidPipeline when the file is missing or holds anything but one statement
 */
export function compileCheck(pipeline: string, step: CheckStep): readonly string[] {
  const query = readQuery(pipeline, step);
  const count = `SELECT count(*) AS wrong_rows FROM (${query}) AS wrong`;
  return step.showRows ? [count, `SELECT * FROM (${query}) AS wrong LIMIT ${SHOWN_ROWS}`] : [count];
}

function readQuery(pipeline: string, { name, check }: CheckStep): string {
  const where = `pipeline "${pipeline}": steps.${name}.check: sql/checks/${check}.sql`;
  const [query, ...others] = split(readFile(check, where), where);
  if (query === undefined || others.length > 0) throw new InvalidPipeline(`${where}: must hold one query`);
  const compact = compactSql(query);
  if (compact.includes('\n')) throw new InvalidPipeline(`${where}: must not hold a line break inside quotes`);
  return compact;
}

function split(text: string, where: string): readonly string[] {
  try {
    return splitSql(text);
  } catch (error) {
    throw new InvalidPipeline(`${where}: ${(error as SyntaxError).message}`, { cause: error });
  }
}

function readFile(check: string, where: string): string {
  try {
    return readFileSync(new URL(`${check}.sql`, CHECKS), 'utf8');
  } catch (error) {
    throw new InvalidPipeline(`${where}: cannot be read: ${String(error)}`, { cause: error });
  }
}
