import { isSign, keyword, type Token } from '../../../../sql-lexer.ts';
import { readType, typeEnd } from '../data-types.ts';
import { notLocal, notRedshift, syntaxError } from '../sql-error.ts';
import { significant, skipBlank, splitAtCommas, sql, textOf, trim } from '../token/token-list.ts';
import { quoteKeyword } from './variables.ts';

/** A parameter of a procedure or function, or one of a signature, where the name may be missing. */
export interface ProcedureParameter {
  readonly mode: 'in' | 'out' | 'inout';
  readonly name: Token | undefined;
  /** As PostgreSQL gets it. */
  readonly type: readonly Token[];
}

/** Reads `[name] [mode] type, …`; the mode may also stand first. @throws WarehouseError */
export function readParameters(tokens: readonly Token[]): readonly ProcedureParameter[] {
  return splitAtCommas(tokens).map((part) => readParameter(trim(part)));
}

function readParameter(tokens: readonly Token[]): ProcedureParameter {
  const value = tokens.findIndex(
    (token) => keyword(token) === 'default' || isSign(token, '=') || isSign(token, ':='),
  );
  if (value >= 0)
    throw notRedshift('A default value of a parameter', 'create a second procedure that calls this one');
  const first = readMode(tokens, 0);
  const isNamed = skipBlank(tokens, typeEnd(tokens, first.end)) < tokens.length;
  const name = isNamed ? tokens[first.end] : undefined;
  const second = readMode(tokens, isNamed ? skipBlank(tokens, first.end + 1) : first.end);
  const { tokens: type, end } = readType(tokens, second.end, 'cast');
  if (end < tokens.length) throw syntaxError(tokens[skipBlank(tokens, end)]);
  return { mode: first.mode ?? second.mode ?? 'in', name, type };
}

function readMode(
  tokens: readonly Token[],
  from: number,
): { mode: ProcedureParameter['mode'] | undefined; end: number } {
  const next = skipBlank(tokens, from + 1);
  const word = keyword(tokens[from]);
  if (!/^(in|out|inout)$/.test(word) || next >= tokens.length) return { mode: undefined, end: from };
  if (word === 'in' && keyword(tokens[next]) === 'out')
    return { mode: 'inout', end: skipBlank(tokens, next + 1) };
  return { mode: word as ProcedureParameter['mode'], end: next };
}

/** https://docs.aws.amazon.com/redshift/latest/dg/stored-procedure-constraints.html */
const MOST_PARAMETERS = 32;

/** In Redshift a CALL passes no OUT parameter: here it becomes INOUT with a value to leave out. */
export function writeParameters(parameters: readonly ProcedureParameter[]): readonly Token[] {
  for (const mode of ['in', 'out']) {
    if (parameters.filter((parameter) => parameter.mode.includes(mode)).length <= MOST_PARAMETERS) continue;
    throw notRedshift(
      `A procedure with more than ${MOST_PARAMETERS} ${mode.toUpperCase()} parameters`,
      'pass a table',
    );
  }
  const out = parameters.findIndex(({ mode }) => mode === 'out');
  const later = parameters.slice(out).find(({ mode }) => mode !== 'out');
  if (out >= 0 && later) {
    const [name, place] = [later, parameters[out]].map((parameter) => nameOf(parameter));
    throw notLocal(`An OUT parameter before "${name}"`, `move "${place}" behind it`);
  }
  const written = parameters.map(({ mode, name, type }) => {
    const head = mode === 'in' ? 'IN' : 'INOUT';
    return sql`${head} ${name ? [quoteKeyword(name)] : []} ${type}${mode === 'out' ? ' DEFAULT NULL' : ''}`;
  });
  return written.flatMap((tokens, index) => (index === 0 ? tokens : sql`, ${tokens}`));
}

/** The name as the server keeps it; empty when there is none. */
export function nameOf(parameter: ProcedureParameter | undefined): string {
  const text = parameter?.name?.text ?? '';
  return text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text.toLowerCase();
}

/** Says to the server what is about to be made: see bootstrap/routines.sql. */
export function creationNote(
  name: readonly Token[],
  replaces: boolean,
  parameters: readonly ProcedureParameter[],
): string {
  const note = {
    name: textOf(significant(name)),
    replaces,
    inputs: parameters.filter(({ mode }) => mode !== 'out').map(({ type }) => textOf(type)),
    types: parameters.map(({ type }) => textOf(type)),
    names: parameters.map(nameOf),
    modes: parameters.map(({ mode }) => (mode === 'in' ? 'i' : 'b')),
  };
  return `/* makes ${JSON.stringify(note).replaceAll('/', '\\/')} */ `;
}
