import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newPipeline } from '../../../src/scaffold/new-pipeline.ts';
import { listRequests, mappingRequests } from '../../fixtures/scaffold/made-up-requests.ts';
import { smallProject } from '../../fixtures/scaffold/project-in-memory.ts';

const ORDERS = { name: 'erp-orders', tables: ['erp.orders', 'erp.customers'] };
const paths = (changes: ReturnType<typeof newPipeline>) => changes.files.map(({ path }) => path);
const mappings = (...rules: readonly object[]) => ({
  rules: rules.map((rule, index) => ({ 'rule-id': String(index + 1), ...rule })),
});
const include = (schema: string, table: string) => ({
  'rule-type': 'selection',
  'rule-action': 'include',
  'object-locator': { 'schema-name': schema, 'table-name': table },
});

describe('a new pipeline', () => {
  it('is made of its definition, migrations, task files, source rows, and two lines in files that are there', () => {
    const changes = newPipeline(ORDERS, smallProject());

    expect(paths(changes)).toEqual([
      'src/pipelines/erp-orders.ts',
      'sql/migrations/V002__create_erp_orders_tables.sql',
      'sql/migrations/R__procedure_load_erp_orders.sql',
      'sql/migrations/R__procedure_load_erp_customers.sql',
      'sql/migrations/R__user_grants_erp_orders.sql',
      'sql/sample/table-mappings.erp-orders-task.json',
      'sql/sample/task-settings.erp-orders-task.json',
      'sql/sample/source.erp-orders.sql',
    ]);
    expect(changes.edits.map(({ path }) => path)).toEqual(['src/pipelines/index.ts', 'serverless.yml']);
  });

  it('has no task settings of its own where those for all tasks keep the tables', () => {
    const settings = '{ "FullLoadSettings": { "TargetTablePrepMode": "TRUNCATE_BEFORE_LOAD" } }';
    const changes = newPipeline(ORDERS, smallProject({ 'sql/sample/task-settings.json': settings }));

    expect(paths(changes).filter((path) => path.includes('task-settings'))).toEqual([]);
  });

  it('is the same when it is asked for again, and changes nothing that is there', () => {
    const project = smallProject();
    const first = newPipeline(ORDERS, project);
    project.apply(first);

    const second = newPipeline(ORDERS, project);

    expect(second.files).toEqual(first.files);
    expect(second.edits).toEqual([]);
  });

  it('spreads many tables over V files that the Data API takes', () => {
    const tables = [...Array(60).keys()].map((index) => `erp.t${index}`);
    const versions = newPipeline({ name: 'erp', tables }, smallProject()).files.filter(({ path }) =>
      path.includes('/V'),
    );

    expect(versions.map(({ text }) => text.match(/^CREATE/gm)?.length)).toEqual([38, 38, 38, 7]);
  });

  it.each([
    [{ name: 'Erp' }, /pipeline "Erp": must be lower-case/],
    [{ name: 'index' }, /list of all pipelines/],
    [{ name: 'erp', task: 'a--b' }, /task "a--b": must be a DMS task identifier/],
    [{ name: 'erp', tables: ['erp.o"x'] }, /table "erp\.o\\"x_stg": .*without quotes/],
    [{ name: 'erp', tables: [`erp.${'x'.repeat(60)}`] }, /more than 63 bytes/],
    [{ name: 'erp', tables: ['erp.a$$b'] }, /must not hold \$\$/],
    [{ name: 'erp', tables: ['elt.runs'] }, /the orchestrator’s own tables/],
    [{ name: 'erp', tables: ['pg_x.runs'] }, /cannot be made/],
    [{ name: 'erp', tables: ['erp.#t'] }, /temporary table/],
    [{ name: 'erp', tables: ['erp.t', 'ERP.T'] }, /two tables would have this name/],
    [{ name: 'erp', mappings: mappings(include('HR', '%')) }, /select no table by its whole name.*HR\.%/],
    [{ name: 'erp', mappings: mappings({ 'rule-type': 'x' }) }, /table mappings are not valid/],
    [
      { name: 'erp', tables: ['HR.b'], mappings: mappings(include('HR', 'a')) },
      /do not select the table HR\.b/,
    ],
  ])('is refused in words: %j', (request, message) => {
    expect(() => newPipeline(request, smallProject())).toThrow(message);
  });

  it('is refused for a table that a migration makes already, which is named', () => {
    const project = smallProject({ 'sql/migrations/V001__all.sql': 'CREATE TABLE\n  erp.orders (id int);' });

    expect(() => newPipeline(ORDERS, project)).toThrow(
      /"erp\.orders": sql\/migrations\/V001__all\.sql makes it/,
    );
  });

  it('is refused for a name that a pipeline in another file has', () => {
    const project = smallProject({
      'src/pipelines/sales.ts': "export const sales = definePipeline({ name: 'nightly-sales', steps: {} });",
    });

    expect(() => newPipeline({ ...ORDERS, name: 'nightly-sales' }, project)).toThrow(
      /"nightly-sales": src\/pipelines\/sales\.ts has a pipeline of this name/,
    );
  });

  it('is refused for a list of tables with a comma too many', () => {
    expect(() => newPipeline({ ...ORDERS, tables: ['erp.orders', ''] }, smallProject())).toThrow(
      /--tables: a name is empty/,
    );
  });

  it('is refused where a file has no place for its line, with the line', () => {
    const project = smallProject({ 'serverless.yml': 'params: {}\n' });

    expect(() => newPipeline(ORDERS, project)).toThrow(/Add by hand.*erp-orders-task: arn:aws:dms/);
  });

  it('takes names, columns and rows that pass the filters from mappings', () => {
    const filter = { 'filter-operator': 'gte', value: '7' };
    const document = mappings(
      {
        ...include('HR', 'EMP'),
        filters: [{ 'filter-type': 'source', 'column-name': 'GRADE', 'filter-conditions': [filter] }],
      },
      {
        ...{ 'rule-type': 'transformation', 'rule-target': 'schema', 'rule-action': 'rename', value: 'dwh' },
        'object-locator': { 'schema-name': 'HR' },
      },
    );
    const { files, guessed } = newPipeline({ name: 'hr', mappings: document }, smallProject());
    const text = (part: string) => files.find(({ path }) => path.includes(part))?.text;

    expect(text('src/pipelines')).toContain('{"table":"dwh.emp","source":"HR.EMP"}');
    expect(text('/V002')).toContain('CREATE TABLE dwh.emp_prod (\n  id         bigint');
    expect(text('source.hr')).toContain('"GRADE" bigint');
    expect(text('source.hr')).toMatch(/, '8'\)/);
    expect(guessed.join()).toContain('dwh.emp_prod (id, name, updated_at, GRADE)'.toLowerCase());
  });

  it('is refused in words or made whole, whatever it is called', () => {
    fc.assert(
      fc.property(fc.oneof(listRequests, mappingRequests), fc.nat(99), (make, number) => {
        try {
          const { files } = newPipeline(make(number), smallProject());
          expect(new Set(files.map(({ path }) => path.toLowerCase())).size).toBe(files.length);
          for (const { path } of files) expect(path).toMatch(/^(?:src\/pipelines|sql\/\w+)\/[\w.-]+$/);
        } catch (error) {
          expect(['InvalidConfig', 'InvalidPipeline']).toContain((error as Error).name);
        }
      }),
    );
  });
});
