import { copySchema, SOURCE_SALES, TARGET_STAGING, useLocalDms } from './local-dms.ts';

/** Tasks that load, fail for a table, find no table or no source, and wait. */
export const useLoadTasks = () =>
  useLocalDms(
    [
      { identifier: 'shop', tableMappings: copySchema('shop', 'stage'), failTable: 'shop.sales' },
      { identifier: 'broken', tableMappings: copySchema('broken', 'stage') },
      { identifier: 'nothing', tableMappings: copySchema('nowhere', 'stage') },
      { identifier: 'secret', tableMappings: copySchema('secret', 'stage') },
      { identifier: 'no-source', tableMappings: copySchema('shop', 'stage'), sourceDatabase: 'gone' },
      { identifier: 'blocked', tableMappings: copySchema('shop', 'stage') },
    ],
    { source: SOURCE_SALES, dev: TARGET_STAGING },
  );
