import { AwsError } from '../../aws-error.ts';

/** A filter of a Describe operation: any of the values. Several filters must all hold. */
export interface Filter {
  readonly Name: string;
  readonly Values: readonly string[];
}

export interface FilteredPageRequest {
  readonly MaxRecords?: number;
  readonly Marker?: string;
  readonly Filters?: readonly Filter[];
}

/** What an operation lets be filtered, and how large its pages are. */
export interface FilteredPageRules<T> {
  /** The values of an item by filter name; a filter holds where one of them is asked for. */
  readonly filters: Readonly<Record<string, (item: T) => readonly string[]>>;
  readonly maxRecords: { readonly low: number; readonly high: number };
}

export interface FilteredPage<T> {
  readonly items: readonly T[];
  readonly marker: string | undefined;
  /** How many items passed the filters, on all pages. */
  readonly found: number;
}

/** @throws AwsError InvalidParameterValueException for an unknown filter, a page size out of range or a foreign marker */
export function selectPage<T>(
  items: readonly T[],
  request: FilteredPageRequest,
  rules: FilteredPageRules<T>,
): FilteredPage<T> {
  const size = pageSize(request.MaxRecords, rules.maxRecords);
  const found = items.filter((item) => (request.Filters ?? []).every((filter) => holds(filter, item, rules)));
  for (const filter of request.Filters ?? []) requireKnown(filter, rules);
  const start = decodeMarker(request.Marker);
  const end = start + size;
  return {
    items: found.slice(start, end),
    marker: end < found.length ? Buffer.from(String(end)).toString('base64') : undefined,
    found: found.length,
  };
}

function holds<T>(filter: Filter, item: T, rules: FilteredPageRules<T>): boolean {
  const values = rules.filters[filter.Name]?.(item) ?? [];
  return values.some((value) => filter.Values.includes(value));
}

function requireKnown<T>(filter: Filter, rules: FilteredPageRules<T>): void {
  if (!Object.hasOwn(rules.filters, filter.Name)) throw invalid(`Unrecognized filter name: ${filter.Name}`);
  if (!Array.isArray(filter.Values) || filter.Values.length === 0) {
    throw invalid(`The filter ${filter.Name} has no values`);
  }
}

function pageSize(asked: number | undefined, { low, high }: FilteredPageRules<never>['maxRecords']): number {
  if (asked === undefined) return 100;
  if (Number.isInteger(asked) && asked >= low && asked <= high) return asked;
  throw invalid(`Invalid value ${asked} for MaxRecords. Must be between ${low} and ${high}.`);
}

function decodeMarker(marker: string | undefined): number {
  if (marker === undefined || marker === '') return 0;
  const start = Number(Buffer.from(marker, 'base64').toString());
  if (Number.isInteger(start) && start > 0) return start;
  throw invalid(`Invalid Marker: ${marker}`);
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message);
}
