import { DatabaseMigrationServiceClient } from '@aws-sdk/client-database-migration-service';
import { holdTransaction } from '../fixtures/held-transaction.ts';
import { type DmsStage, LOADED_TABLES, TASKS } from './dms-stage.ts';
import { clientConfig, createMovedClock, listenTo, startLocal } from './local-stack.ts';

const STRICT = {
  FullLoadSettings: { TargetTablePrepMode: 'TRUNCATE_BEFORE_LOAD' },
  ErrorBehavior: { FailOnNoTablesCaptured: true },
};

const SOURCE = [
  'CREATE SCHEMA source',
  'GRANT USAGE ON SCHEMA source TO dms',
  ...LOADED_TABLES.flatMap((table) => [
    `CREATE TABLE source.${table} (id integer)`,
    `INSERT INTO source.${table} VALUES (1), (2), (3)`,
    `GRANT SELECT ON source.${table} TO dms`,
  ]),
];
const TARGETS = Object.values(TASKS).flatMap((schema) => [
  `CREATE SCHEMA ${schema}`,
  `GRANT USAGE ON SCHEMA ${schema} TO dms`,
  ...LOADED_TABLES.flatMap((table) => [
    `CREATE TABLE ${schema}.${table} (id integer)`,
    `GRANT ALL ON ${schema}.${table} TO dms`,
  ]),
]);

/** What a task takes of the schema source, into one of its own. */
function mappingsOf(task: string, tables: string): object {
  const rule = (id: string, type: string, more: object) => ({
    'rule-id': id,
    'rule-name': id,
    'rule-type': type,
    ...more,
  });
  return {
    rules: [
      rule('1', 'selection', {
        'rule-action': 'include',
        'object-locator': { 'schema-name': 'source', 'table-name': tables },
      }),
      rule('2', 'transformation', {
        'rule-target': 'schema',
        'rule-action': 'rename',
        'object-locator': { 'schema-name': 'source' },
        value: task,
      }),
    ],
  };
}

/** The local DMS over two databases of PostgreSQL, through the SDK's client. */
export async function localDms(): Promise<DmsStage> {
  const events: DmsStage['events'][number][] = [];
  const aws = await startLocal({
    ...listenTo('aws.dms', (event) => events.push(event)),
    clock: createMovedClock(),
    tasks: Object.values(TASKS).map((identifier) => ({
      identifier,
      settings: STRICT,
      tableMappings: mappingsOf(identifier, identifier === TASKS.failing ? 'nothing' : '%'),
      ...(identifier === TASKS.partial ? { failTable: `source.${LOADED_TABLES[1]}` } : {}),
    })),
  });
  const [source, target] = await Promise.all([
    aws.warehouse.open('source', 'owner'),
    aws.warehouse.open('dev', 'owner'),
  ]);
  for (const sql of SOURCE) await source.execute(sql);
  for (const sql of TARGETS) await target.execute(sql);
  const dms = new DatabaseMigrationServiceClient(clientConfig(aws));
  return {
    dms,
    events,
    staged: (task, table) => `${task}.${table}`,
    async rowsOf(table) {
      const { rows = [] } = await target.execute(`SELECT count(*) FROM ${table}`);
      return Number(rows[0]?.[0]);
    },
    hold: async (table) => (await holdTransaction(aws.warehouse, `LOCK ${table}`)).commit,
    untilEnded: () => aws.idle(),
    async close() {
      dms.destroy();
      await Promise.all([source.close(), target.close()]);
      await aws.close();
    },
  };
}
