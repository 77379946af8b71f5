/**
 * A second, slow reading of EventBridge's pattern rules, for comparison. It turns `$or` into a list of patterns without
 * it, the event into a list of single values, and then tries every way to give each field of the pattern a value.
 */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** One value of the event: where it is, and which element was taken of each array on the way. */
interface Place {
  readonly path: string;
  readonly elements: ReadonlyMap<string, number>;
  readonly value: Json;
}
interface Wish {
  readonly path: string;
  readonly expressions: Json[];
}

export function naivelyMatches(pattern: { [key: string]: Json }, event: Json): boolean {
  const places = listPlaces(event, '$', new Map());
  return withoutOr(pattern, '$').some((wishes) => fulfil(wishes, places, new Map()));
}

function listPlaces(value: Json, path: string, elements: ReadonlyMap<string, number>): Place[] {
  if (Array.isArray(value)) {
    const flat: Json[] = (value as unknown[]).flat(100) as Json[];
    return flat.flatMap((element, index) => listPlaces(element, path, new Map([...elements, [path, index]])));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) => listPlaces(inner, `${path}>${key}`, elements));
  }
  return [{ path, elements, value }];
}

function withoutOr(pattern: { [key: string]: Json }, path: string): Wish[][] {
  let lists: Wish[][] = [[]];
  for (const [key, node] of Object.entries(pattern)) {
    const choices: Wish[][] =
      key === '$or'
        ? (node as { [key: string]: Json }[]).flatMap((member) => withoutOr(member, path))
        : Array.isArray(node)
          ? [[{ path: `${path}>${key}`, expressions: node }]]
          : withoutOr(node as { [key: string]: Json }, `${path}>${key}`);
    lists = lists.flatMap((list) => choices.map((choice) => [...list, ...choice]));
  }
  return lists;
}

function fulfil(wishes: Wish[], places: Place[], chosen: ReadonlyMap<string, number>): boolean {
  const [wish, ...rest] = wishes;
  if (!wish) return true;
  const here = places.filter(({ path }) => path === wish.path);
  const mayBeAbsent = wish.expressions.some((expression) => operand(expression, 'exists') === false);
  if (mayBeAbsent && here.length === 0 && fulfil(rest, places, chosen)) return true;
  return here.some(({ value, elements }) => {
    const agrees = [...elements].every(([array, index]) => (chosen.get(array) ?? index) === index);
    return (
      agrees &&
      wish.expressions.some((expression) => holds(expression, value)) &&
      fulfil(rest, places, new Map([...chosen, ...elements]))
    );
  });
}

function operand(expression: Json, operator: string): Json | undefined {
  return (expression as { [key: string]: Json } | null)?.[operator];
}

function holds(expression: Json, value: Json): boolean {
  if (typeof expression !== 'object' || expression === null) return expression === value;
  const [[operator, argument] = ['', null]] = Object.entries(expression) as [string, Json][];
  const text = typeof value === 'string' ? value : undefined;
  const lower = (other: Json) => String(other).toLowerCase();
  switch (operator) {
    case 'exists':
      return argument === true;
    case 'anything-but':
      return !butList(argument).some((inner) => holds(inner, value));
    case 'equals-ignore-case':
      return text !== undefined && lower(text) === lower(argument);
    case 'wildcard':
      return text !== undefined && wildcardExpression(String(argument)).test(text);
    case 'numeric':
      return typeof value === 'number' && inRange(argument as Json[], value);
    case 'cidr':
      return text !== undefined && inBlock(String(argument), text);
    default: {
      const folded = operand(argument, 'equals-ignore-case');
      const [whole, part] =
        folded === undefined ? [text, String(argument)] : [text?.toLowerCase(), lower(folded)];
      if (whole === undefined || part.length > whole.length) return false;
      return operator === 'prefix'
        ? whole.slice(0, part.length) === part
        : whole.slice(whole.length - part.length) === part;
    }
  }
}

/** What an anything-but excludes, as match expressions. */
function butList(argument: Json): Json[] {
  if (Array.isArray(argument)) return argument;
  if (typeof argument !== 'object' || argument === null) return [argument];
  const [[operator, inner] = ['', null]] = Object.entries(argument);
  return (Array.isArray(inner) ? inner : [inner]).map((one) => ({ [operator]: one as Json }));
}

function wildcardExpression(expression: string): RegExp {
  const source = expression.replace(/\\[\\*]|\*|[^\w\s]/g, (found) => {
    if (found === '*') return '[\\s\\S]*';
    return `\\${found.at(-1)}`;
  });
  return new RegExp(`^${source}$`);
}

function inRange(expression: Json[], value: number): boolean {
  for (let index = 0; index < expression.length; index += 2) {
    const [operator, bound] = [expression[index] as string, expression[index + 1] as number];
    const isEqual = value === bound;
    const isInside = operator.startsWith('>')
      ? value > bound
      : operator.startsWith('<')
        ? value < bound
        : false;
    if (!isInside && !(operator.includes('=') && isEqual)) return false;
  }
  return true;
}

/** IPv4 only. */
function inBlock(block: string, address: string): boolean {
  const [base = '', length = ''] = block.split('/');
  const bits = (ip: string) =>
    ip
      .split('.')
      .map((part) => Number(part).toString(2).padStart(8, '0'))
      .join('');
  return (
    /^\d+(\.\d+){3}$/.test(address) &&
    bits(address).slice(0, Number(length)) === bits(base).slice(0, Number(length))
  );
}
