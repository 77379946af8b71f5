import { localDefinition } from '../../../src/local-stage/local-machine.ts';
import { customerSales } from '../../../src/pipelines/customer-sales.ts';
import type { Night } from './night.ts';
import type { RepairCase } from './repair-case.ts';

const withCustomers = (changes: object) =>
  JSON.stringify(
    localDefinition({
      ...customerSales,
      stagedTables: customerSales.stagedTables.map((staged) =>
        staged.table === 'dbo.customer_stg' ? { ...staged, ...changes } : staged,
      ),
    }),
  );

const addColumn = (night: Night) => night.asOwner('ALTER TABLE dbo.customer_stg ADD COLUMN extra integer');

const makeCustomers = (idType: string) => [
  'DROP TABLE dbo.customer_stg',
  `CREATE TABLE dbo.customer_stg (cust_id ${idType} NOT NULL, cust_name varchar(100), cust_city varchar(50))`,
  'GRANT SELECT ON dbo.customer_stg TO runtime',
  'GRANT SELECT, INSERT, TRUNCATE ON dbo.customer_stg TO dms',
];

/** The staged table as the migrations made it. */
export const restoreShape = (night: Night) =>
  night.asOwner(...makeCustomers('varchar(10)'), "CALL elt.sp_record_columns('dbo.customer_stg')");

/** What is found wrong in the columns of a staged table. */
export const SHAPE_CASES: readonly RepairCase[] = [
  {
    error: 'SchemaChanged',
    when: 'The table was changed on purpose',
    breakIt: addColumn,
    // As a migration of the table has it noted.
    repair: (night) => night.asOwner("CALL elt.sp_record_columns('dbo.customer_stg')"),
  },
  {
    error: 'SchemaChanged',
    when: 'The definition names the columns',
    breakIt: (night) => night.deploy(withCustomers({ columns: { cust_id: 'varchar(20)' }, extra: 'allow' })),
  },
  {
    error: 'SchemaChanged',
    when: 'DMS made the table anew, with types of its own (DROP_AND_CREATE)',
    breakIt: (night) => night.asOwner(...makeCustomers('varchar(8)')),
    repair: restoreShape,
  },
  {
    error: 'SchemaChanged',
    when: 'A new column does no harm',
    breakIt: addColumn,
    deployed: withCustomers({ extra: 'warn' }),
  },
];
