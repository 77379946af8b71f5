import { describe, expect, it } from 'vitest';
import {
  type FilteredPageRequest,
  type FilteredPageRules,
  selectPage,
} from '../../../../src/local/services/dms/filtered-pages.ts';

interface Item {
  readonly name: string;
  readonly state: string;
}
const ITEMS: readonly Item[] = Array.from({ length: 45 }, (_, index) => ({
  name: `t${index}`,
  state: index % 2 === 0 ? 'even' : 'odd',
}));
const RULES: FilteredPageRules<Item> = {
  filters: { name: ({ name }) => [name], state: ({ state }) => [state] },
  maxRecords: { low: 20, high: 100 },
};

function names(request: FilteredPageRequest): string[] {
  return selectPage(ITEMS, request, RULES).items.map(({ name }) => name);
}

describe('selectPage', () => {
  it('gives out all items in pages', () => {
    const seen: string[] = [];
    let marker: string | undefined;
    do {
      const page = selectPage(
        ITEMS,
        { MaxRecords: 20, ...(marker === undefined ? {} : { Marker: marker }) },
        RULES,
      );
      seen.push(...page.items.map(({ name }) => name));
      marker = page.marker;
    } while (marker !== undefined);

    expect(seen).toEqual(ITEMS.map(({ name }) => name));
  });

  it('needs every filter to hold by one of its values', () => {
    const Filters = [
      { Name: 'name', Values: ['t1', 't2', 't3'] },
      { Name: 'state', Values: ['odd'] },
    ];

    expect(names({ Filters })).toEqual(['t1', 't3']);
  });

  it.each<[string, FilteredPageRequest]>([
    ['too small a page', { MaxRecords: 19 }],
    ['too large a page', { MaxRecords: 101 }],
    ['an unknown filter', { Filters: [{ Name: 'colour', Values: ['red'] }] }],
    ['a filter without values', { Filters: [{ Name: 'name', Values: [] }] }],
    ['a foreign marker', { Marker: 'abc' }],
  ])('refuses %s', (_, request) => {
    expect(() => names(request)).toThrow(expect.objectContaining({ name: 'InvalidParameterValueException' }));
  });
});
