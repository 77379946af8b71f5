import { describe, expect, it } from 'vitest';
import { parseMigration } from '../../../src/migrations/parse-migration.ts';

const USERS = { owner: 'owner', runtime: 'runtime', dms: 'dms' };
const parse = (text: string, file = 'V001__x.sql', users = USERS) => parseMigration(file, text, users);
const placeholder = (name: string) => `\${${name}}`;
const grant = (user: string) => `GRANT USAGE ON SCHEMA mart TO ${placeholder(user)};`;

describe('parseMigration', () => {
  it('fills in users as quoted names, whatever they are called', () => {
    const { statements } = parse(grant('runtime'), 'V001__x.sql', { ...USERS, runtime: 'IAMR:a"b' });

    expect(statements).toEqual([{ text: 'GRANT USAGE ON SCHEMA mart TO "IAMR:a""b"', line: 1 }]);
  });

  it.each([
    [
      'an unknown placeholder',
      `\n${grant('loader')}`,
      `line 2: there is no placeholder ${placeholder('loader')}; the placeholders are ${Object.keys(USERS).map(placeholder).join(', ')}`,
    ],
    [
      'a property that every object has',
      grant('constructor'),
      `line 1: there is no placeholder ${placeholder('constructor')}`,
    ],
    [
      'a quote that is not closed',
      "SELECT 1;\n\nSELECT 'a;",
      'line 3: a string begins here that is not closed',
    ],
    [
      'an unknown directive',
      '-- migrate: no-transaction\nVACUUM;',
      '"-- migrate: no-transaction" is not known; the only directive is "-- migrate: no transaction"',
    ],
    [
      'a second statement without a transaction',
      '-- migrate: no transaction\nVACUUM;\nANALYZE;',
      'has 2 statements; a file without a transaction must have exactly one',
    ],
    ['no statement without a transaction', '-- migrate: no transaction\n', 'has 0 statements'],
    [
      'more statements than fit',
      'SELECT 1;'.repeat(39),
      'has 39 statements; the Data API allows 40 in a transaction, and 2 of them keep the history: split it into files of at most 38',
    ],
    [
      'a statement that is too long',
      `SELECT 1;\nSELECT '${'x'.repeat(200 * 1024)}';`,
      'line 2: the statement that begins here is longer than the 200 KB',
    ],
    [
      'what would commit half of it',
      'SELECT 1;\n-- all\ntruncate mart.orders;',
      'line 3: TRUNCATE would end the transaction that the file is applied in: use DELETE, or a file of its own',
    ],
    ['a transaction of its own', 'BEGIN;\nSELECT 1;\nCOMMIT;', 'line 1: BEGIN would end the transaction'],
  ])('refuses %s, and names the file', (_, text, message) => {
    expect(() => parse(text)).toThrow(`V001__x.sql: ${message}`);
  });

  it('takes TRUNCATE by itself, and BEGIN where it is a procedure’s', () => {
    expect(parse('-- migrate: no transaction\nTRUNCATE mart.orders;').isTransaction).toBe(false);
    expect(parse('CREATE PROCEDURE p() AS $$ BEGIN END; $$ LANGUAGE plpgsql').statements).toHaveLength(1);
  });

  it('takes as many statements as fit', () => {
    expect(parse('SELECT 1;'.repeat(38)).statements).toHaveLength(38);
  });

  it('takes a file of comments for one without statements', () => {
    expect(parse('-- to be written\n').statements).toEqual([]);
  });

  it('runs a file in a transaction unless it says otherwise', () => {
    expect(parse('VACUUM mart.orders;').isTransaction).toBe(true);
    expect(parse('-- why\n-- migrate: no transaction\nVACUUM mart.orders;').isTransaction).toBe(false);
  });
});

describe('the checksum', () => {
  const checksum = (text: string, file?: string, users = USERS) => parse(text, file, users).checksum;
  const renamed = { ...USERS, runtime: 'loader' };

  it('is that of the text, whatever ends its lines', () => {
    expect(checksum('SELECT 1;\r\nSELECT 2;\r\n')).toBe(checksum('SELECT 1;\nSELECT 2;\n'));
    expect(checksum('SELECT 1;')).not.toBe(checksum('SELECT 2;'));
  });

  it('of a version stays when a user is called otherwise: what was applied cannot be changed', () => {
    expect(checksum(grant('runtime'), 'V001__x.sql', renamed)).toBe(checksum(grant('runtime')));
  });

  it('of a repeatable changes with a user that it names: the new one needs its grants', () => {
    const file = 'R__x.sql';

    expect(checksum(grant('runtime'), file, renamed)).not.toBe(checksum(grant('runtime'), file));
    expect(checksum(grant('dms'), file, renamed)).toBe(checksum(grant('dms'), file));
  });

  it('refuses a CR that ends a comment for the eye only, and leaves one in a quoted text alone', () => {
    expect(() => parse('-- all of it\rSELECT 1;')).toThrow('V001__x.sql: a comment holds a CR without LF');
    expect(parse("SELECT 'a\rb'; -- it\r\n").statements).toEqual([{ text: "SELECT 'a\rb'", line: 1 }]);
  });

  it('refuses a version that the history has no room for', () => {
    expect(() => parse('SELECT 1;', `V${'1'.repeat(50)}__x.sql`)).not.toThrow();
    expect(() => parse('SELECT 1;', `V${'1'.repeat(51)}__x.sql`)).toThrow(
      'its version may have at most 50 characters',
    );
  });

  it.each([
    ['above its statement', '-- migrate: no transaction\nVACUUM;', false],
    ['behind it, in capitals', 'VACUUM; -- Migrate: No Transaction', false],
    ['not words behind a statement', 'SELECT 1; -- migrate: the old rows', true],
    ['not words with a capital', '-- Migrate: moves the old rows\nSELECT 1;', true],
    ['in a quoted text', 'CREATE PROCEDURE a() AS $$\n-- migrate: the old rows\n$$;', true],
    ['in a comment that is closed', '/*\n-- migrate: no transaction\n*/ SELECT 1;', true],
  ])(
    'takes a directive for one that stands in a comment to the end of a line: %s',
    (_, text, isTransaction) => {
      expect(parse(text)).toMatchObject({ isTransaction });
    },
  );
});
