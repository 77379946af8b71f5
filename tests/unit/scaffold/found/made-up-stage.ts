import type { FoundProcedure, FoundStage, FoundTable } from '../../../../src/scaffold/found/found-stage.ts';

/** Column names and their types: `{ id: 'bigint' }`. */
export function tableOf(
  name: string,
  columns: Readonly<Record<string, string>>,
  key: readonly string[] = [],
): FoundTable {
  return {
    ...{ name, key },
    columns: Object.entries(columns).map(([column, type]) => ({ name: column, type, isNullable: true })),
  };
}

export function foundProcedure(
  name: string,
  body: string,
  argumentTypes: readonly string[] = [],
): FoundProcedure {
  return { name, body, argumentTypes, isCallable: true };
}

/** A stage whose task includes all tables of the schema erp, each with `_stg` behind its name. */
export function stageOf(parts: Partial<FoundStage['warehouse']> & Partial<FoundStage> = {}): FoundStage {
  const { tables = [], procedures = [], targets, catalog, ...rest } = parts;
  const locator = { 'object-locator': { 'schema-name': 'erp', 'table-name': '%' } };
  return {
    stage: 'dev',
    task: { identifier: 'nightly', arn: 'arn:aws:dms:eu-central-1:123456789012:task:ABC' },
    mappings: {
      rules: [
        { 'rule-type': 'selection', 'rule-id': '1', 'rule-action': 'include', ...locator },
        {
          ...{ 'rule-type': 'transformation', 'rule-id': '2', 'rule-target': 'table' },
          ...{ 'rule-action': 'add-suffix', value: '_stg', ...locator },
        },
      ],
    },
    ...{ settings: undefined, faults: [], loaded: [{ schema: 'erp', name: 'orders' }] },
    warehouse: {
      ...{ tables, procedures, targets: targets ?? tables.map(({ name }) => name) },
      catalog: catalog ?? { schemas: new Map(), tables: new Map() },
    },
    ...rest,
  };
}
