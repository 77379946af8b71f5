import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { STYLE as PAGES_STYLE } from '../report/html/document.ts';
import { COPY_SCRIPT } from '../report/html/script.ts';

/** A file that pages of the console load. */
export interface Asset {
  readonly type: string;
  readonly text: string;
}

const SHEET = 'text/css; charset=utf-8';
const SCRIPT = 'text/javascript; charset=utf-8';

const read = (url: URL | string) => readFileSync(fileURLToPath(url), 'utf8');

/** The files of the pages, by name; they are read once. */
export function readAssets(): Readonly<Record<string, Asset>> {
  const own = (name: string) => read(new URL(`client/${name}`, import.meta.url));
  return {
    'report.css': { type: SHEET, text: PAGES_STYLE },
    'console.css': { type: SHEET, text: own('console.css') },
    // A browser knows addresses, and no packages.
    'console.js': { type: SCRIPT, text: own('console.js').replace("'idiomorph'", "'./idiomorph.js'") },
    'copy.js': { type: SCRIPT, text: COPY_SCRIPT },
    'idiomorph.js': { type: SCRIPT, text: read(import.meta.resolve('idiomorph')) },
  };
}
