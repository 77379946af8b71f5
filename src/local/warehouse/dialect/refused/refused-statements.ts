import { notLocal, notRedshift } from '../sql-error.ts';

const ON_REDSHIFT = 'test it on Redshift';

/** Statements of Redshift that are missing here: first words, and what to do. */
export const LOCAL_GAPS: Readonly<Record<string, string>> = {
  copy: 'rows come from the local DMS task, or from INSERT',
  unload: 'there is no S3; use SELECT',
  prepare: 'use parameters of the Data API',
  execute: 'use parameters of the Data API',
  deallocate: 'use parameters of the Data API',
  cancel: 'use CancelStatement of the Data API',
  attach: ON_REDSHIFT,
  detach: ON_REDSHIFT,
  use: 'name the database in the request',
  'create external': 'there is no S3',
  'create recursive': 'use WITH RECURSIVE in a view',
  'create library': ON_REDSHIFT,
  'create model': ON_REDSHIFT,
  'create datashare': ON_REDSHIFT,
  'create database': 'there are dev and source',
  'create user': 'there are owner, runtime and dms',
  'create masking': ON_REDSHIFT,
  'create rls': ON_REDSHIFT,
  'create identity': ON_REDSHIFT,
  'drop database': 'there are dev and source',
  'drop user': 'there are owner, runtime and dms',
  'drop external': 'there are none here',
  'alter user': 'there are owner, runtime and dms',
  'alter role': 'drop it and create it again',
  'alter database': 'there are dev and source',
  'alter function': 'drop it and create it again',
};

/** Statements of PostgreSQL that Redshift does not have. */
export const POSTGRES_ONLY: Readonly<Record<string, string>> = {
  do: 'create a procedure and CALL it',
  values: 'use SELECT',
  table: 'use SELECT * FROM',
  savepoint: 'it has no savepoints',
  release: 'it has no savepoints',
  listen: 'it has no notifications',
  notify: 'it has no notifications',
  unlisten: 'it has no notifications',
  discard: 'use RESET',
  cluster: 'use VACUUM',
  reindex: 'it has no indexes',
  checkpoint: 'leave it out',
  load: 'leave it out',
  move: 'use FETCH',
  import: 'use COPY',
  reassign: 'use ALTER TABLE … OWNER TO',
  security: 'leave it out',
  'create index': 'it has no indexes; declare a SORTKEY',
  'create unique': 'it has no indexes; declare a SORTKEY',
  'create sequence': 'use IDENTITY(1,1)',
  'create type': 'it has no types of your own',
  'create domain': 'it has no types of your own',
  'create trigger': 'it has no triggers',
  'create constraint': 'it has no triggers',
  'create event': 'it has no triggers',
  'create extension': 'it has no extensions',
  'create rule': 'it has no rules',
  'create aggregate': 'it has no aggregates of your own',
  'create operator': 'it has no operators of your own',
  'create cast': 'it has no casts of your own',
  'create collation': 'strings compare by their bytes',
  'create foreign': 'use an external schema',
  'create server': 'use an external schema',
  'create statistics': 'use ANALYZE',
  'create tablespace': 'leave it out',
  'create publication': 'it has no replication',
  'create subscription': 'it has no replication',
  'create policy': 'grant on views',
  'drop index': 'it has no indexes',
  'drop sequence': 'it has no sequences',
  'drop type': 'it has no types of your own',
  'drop trigger': 'it has no triggers',
  'drop owned': 'drop the objects one by one',
  'drop routine': 'use DROP PROCEDURE',
  'alter index': 'it has no indexes',
  'alter sequence': 'it has no sequences',
  'alter type': 'it has no types of your own',
  'alter view': 'use CREATE OR REPLACE VIEW',
  'alter system': 'use a parameter group',
  'alter routine': 'use ALTER PROCEDURE',
};

/** Refuses a statement by its first words if it is known at all. @throws WarehouseError */
export function refuseStatement(words: readonly string[]): void {
  const [first = '', second = '', third = '', fourth = ''] = words;
  const isReplace = second === 'or' && third === 'replace';
  const keys = [`${first} ${isReplace ? fourth : second}`, first];
  for (const key of keys) {
    const name = key.trim().toUpperCase();
    if (Object.hasOwn(LOCAL_GAPS, key)) throw notLocal(name, LOCAL_GAPS[key] ?? '');
    if (Object.hasOwn(POSTGRES_ONLY, key)) throw notRedshift(name, POSTGRES_ONLY[key] ?? '');
  }
}
