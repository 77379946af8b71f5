import { readFileSync } from 'node:fs';
import { InvalidPipeline } from '../../errors/errors.ts';
import { compactSql, splitSql } from '../../sql-text.ts';
import type { StepStatements } from '../any-step.ts';
import type { CheckStep, CheckTerms } from './definition.ts';

const CHECKS = '../../../sql/checks/';

/** The most rows that a check shows. */
const SHOWN_ROWS = 20;

/** What a check submits, and what its judgement needs. */
export interface CheckStatements extends StepStatements {
  readonly check: CheckTerms;
}

/**
 * Compiles a check: it counts the rows of the query and, with `showRows`, reads the first of them. The warehouse
 * counts, so a million wrong rows cost no more to fetch than twenty.
 * @throws InvalidPipeline when the file is missing or does not hold exactly one statement
 */
export function compileCheck(pipeline: string, step: CheckStep): CheckStatements {
  const { query, description } = readQuery(`pipeline "${pipeline}": steps.${step.name}.check`, step.check);
  const { severity, showRows } = step;
  const count = `SELECT count(*) AS wrong_rows FROM (${query}) AS wrong`;
  const rows = `SELECT * FROM (${query}) AS wrong LIMIT ${SHOWN_ROWS}`;
  return {
    sqls: showRows ? [count, rows] : [count],
    parameters: {},
    check: { severity, showRows, description },
  };
}

/**
 * Reads a query of sql/checks.
 * @param field that names it, for messages
 * @throws InvalidPipeline when the file is missing or holds anything but one statement
 */
export function readQuery(field: string, check: string): { query: string; description: string } {
  const where = `${field}: sql/checks/${check}.sql`;
  const text = readFile(check, where);
  const [query, ...others] = split(text, where);
  if (query === undefined || others.length > 0) throw new InvalidPipeline(`${where}: must hold one query`);
  const compact = compactSql(query);
  if (compact.includes('\n')) throw new InvalidPipeline(`${where}: must not hold a line break inside quotes`);
  return { query: compact, description: describeRows(text) ?? check };
}

/** The comment at a file's head, in either of SQL's forms, up to the line that says what is read. */
export function describeRows(text: string): string | undefined {
  const [, block = ''] = /^\s*\/\*([\s\S]*?)\*\//.exec(text) ?? [];
  const [lines = ''] = /^(?:\s*--[^\n]*(?:\n|$))+/.exec(text) ?? [];
  const [meaning = ''] = (block || lines.replaceAll(/^\s*-- ?/gm, '')).split(/^Reads:/m);
  return meaning.trim().replaceAll(/\s+/g, ' ') || undefined;
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
    return readFileSync(new URL(`${CHECKS}${check}.sql`, import.meta.url), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new InvalidPipeline(`${where}: ${code === 'ENOENT' ? 'there is no such file' : code}`, {
      cause: error,
    });
  }
}
