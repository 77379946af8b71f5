import { arnName, machineOfExecution } from '../arn.ts';
import type { PageLinks } from '../report/html/run-list.ts';

/** A page of the console. */
export type PagePlace =
  | { readonly page: 'home'; readonly gone?: string }
  | { readonly page: 'pipeline'; readonly name: string }
  | { readonly page: 'run'; readonly machine: string; readonly name: string }
  | { readonly page: 'sql' }
  | { readonly page: 'queues' };

/** Where everything of the console is, beside `/`. */
export const CONSOLE_PATH = '/console';

const RUN = /^\/console\/runs\/([^/]+)\/([^/]+)$/;
const PIPELINE = /^\/console\/pipelines\/([^/]+)$/;

/** The page at an address; undefined where there is none. */
export function readPlace(path: string): PagePlace | undefined {
  const [pathname = '', query] = path.split('?');
  const gone = new URLSearchParams(query).get('gone');
  if (pathname === '/' || pathname === CONSOLE_PATH)
    return { page: 'home', ...(gone === null ? {} : { gone }) };
  if (pathname === pathOf({ page: 'sql' })) return { page: 'sql' };
  if (pathname === pathOf({ page: 'queues' })) return { page: 'queues' };
  const [machine, run] = decodeParts(RUN.exec(pathname));
  if (machine !== undefined && run !== undefined) return { page: 'run', machine, name: run };
  const [pipeline] = decodeParts(PIPELINE.exec(pathname));
  return pipeline === undefined ? undefined : { page: 'pipeline', name: pipeline };
}

/** What an address names; nothing where it is not encoded as addresses are. */
function decodeParts(match: RegExpExecArray | null): readonly string[] {
  try {
    return (match ?? []).slice(1).map(decodeURIComponent);
  } catch {
    return [];
  }
}

/** Halves of characters have no place in an address. */
const encode = (text: string) => encodeURIComponent(text.toWellFormed());

/** The address of a page. */
export function pathOf(place: PagePlace): string {
  switch (place.page) {
    case 'home':
      return place.gone === undefined ? '/' : `/?gone=${encode(place.gone)}`;
    case 'pipeline':
      return `${CONSOLE_PATH}/pipelines/${encode(place.name)}`;
    case 'run':
      return `${CONSOLE_PATH}/runs/${encode(place.machine)}/${encode(place.name)}`;
    default:
      return `${CONSOLE_PATH}/${place.page}`;
  }
}

/** Where lists of runs lead to. */
export const LINKS: PageLinks = {
  index: pathOf({ page: 'home' }),
  run: (arn) => pathOf({ page: 'run', machine: machineOfExecution(arn), name: arnName(arn) }),
  pipeline: (name) => pathOf({ page: 'pipeline', name }),
};
