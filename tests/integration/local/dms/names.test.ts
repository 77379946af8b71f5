import { expect, it } from 'vitest';
import { copySchema, useLocalDms } from './local-dms.ts';

const dms = useLocalDms(
  [
    { identifier: 'as-written', tableMappings: copySchema('dbo', 'order') },
    { identifier: 'upper', tableMappings: copySchema('upper', 'ORDER') },
  ],
  {
    source: `
      CREATE SCHEMA dbo;
      CREATE TABLE dbo."Person" ("PersonID" integer);
      CREATE TABLE dbo."Line $" ("Unit Price" integer);
      INSERT INTO dbo."Person" VALUES (1);
      INSERT INTO dbo."Line $" VALUES (2);
      CREATE SCHEMA upper;
      CREATE TABLE upper."LATE" (id integer);
      INSERT INTO upper."LATE" VALUES (3);
      GRANT USAGE ON SCHEMA dbo, upper TO dms;
      GRANT SELECT ON ALL TABLES IN SCHEMA dbo, upper TO dms;`,
    dev: `
      CREATE SCHEMA "order";
      CREATE TABLE "order".person (personid integer);
      CREATE TABLE "order"."Person" (personid integer);
      CREATE TABLE "order"."LINE $" ("UNIT PRICE" integer);
      GRANT USAGE, CREATE ON SCHEMA "order" TO dms;
      GRANT SELECT, INSERT, TRUNCATE ON ALL TABLES IN SCHEMA "order" TO dms;`,
  },
);

it('rows go to the table whose folded name is theirs, with blanks, dollar signs and reserved words', async () => {
  await dms.run('as-written', 'start-replication');

  expect(dms.log).toEqual([]);
  await expect(dms.sql('dev', 'SELECT * FROM "order".person')).resolves.toEqual([{ personid: 1 }]);
  await expect(dms.sql('dev', 'SELECT * FROM "order"."Person"')).resolves.toEqual([]);
  await expect(dms.sql('dev', 'SELECT * FROM "order"."LINE $"')).resolves.toEqual([{ 'UNIT PRICE': 2 }]);
});

it('a table that DMS makes goes into the schema of that name, whatever its case, and has a folded name', async () => {
  await dms.run('upper', 'start-replication');

  await expect(dms.sql('dev', 'SELECT * FROM "order".late', 'dms')).resolves.toEqual([{ id: 3 }]);
});
