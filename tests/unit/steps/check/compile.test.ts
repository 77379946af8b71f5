import { describe, expect, it } from 'vitest';
import { describeRows } from '../../../../src/steps/check/compile.ts';

describe('what the rows of a check mean', () => {
  it.each([
    ['/*\nSales without\na customer.\nReads: dbo.fact_sales\n*/\nSELECT 1', 'Sales without a customer.'],
    ['-- Sales without\n-- a customer.\n-- Reads: dbo.fact_sales\nSELECT 1', 'Sales without a customer.'],
    ['\n  --Sales of -- today\r\nSELECT 1 -- one', 'Sales of -- today'],
    ['-- all of it', 'all of it'],
    ['SELECT 1 -- not at the head', undefined],
    ['SELECT 1 /* not at the head */', undefined],
    ['--\nSELECT 1', undefined],
  ])('stands in the comment at the head of %j', (text, meaning) => {
    expect(describeRows(text)).toBe(meaning);
  });
});
