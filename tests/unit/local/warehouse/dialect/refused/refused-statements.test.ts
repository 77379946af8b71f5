import { describe, expect, it } from 'vitest';
import {
  LOCAL_FUNCTION_GAPS,
  POSTGRES_FUNCTIONS,
} from '../../../../../../src/local/warehouse/dialect/refused/refused-functions.ts';
import {
  LOCAL_GAPS,
  POSTGRES_ONLY,
} from '../../../../../../src/local/warehouse/dialect/refused/refused-statements.ts';
import { translate } from '../../../../../../src/local/warehouse/dialect/translate.ts';

const run = (sql: string) => () => translate(sql, [], 'redshift');

describe('what is refused', () => {
  it.each(Object.entries(LOCAL_GAPS))('names the statement %s and what to do', (words, hint) => {
    expect(run(`${words} something`)).toThrow(
      `ERROR: ${words.toUpperCase()} is not supported by the local warehouse: ${hint}`,
    );
  });

  it.each(Object.entries(POSTGRES_ONLY))(
    'names the statement %s, which is PostgreSQL’s own',
    (words, hint) => {
      expect(run(`${words} something`)).toThrow(
        `ERROR: ${words.toUpperCase()} is not supported by Redshift: ${hint}`,
      );
    },
  );

  it.each([...LOCAL_FUNCTION_GAPS])('names the function %s', (name) => {
    expect(run(`select ${name}(1)`)).toThrow(
      `The function ${name.toUpperCase()} is not supported by the local warehouse`,
    );
  });

  it.each(Object.keys(POSTGRES_FUNCTIONS))('names the function %s, which is PostgreSQL’s own', (name) => {
    expect(run(`select ${name}(1)`)).toThrow(
      `The function ${name.toUpperCase()} is not supported by Redshift`,
    );
  });

  it('leaves procedures and columns of such names alone', () => {
    expect(run('call format(1)')).not.toThrow();
    expect(run('select t.qualify, t.format from t')).not.toThrow();
  });
});
