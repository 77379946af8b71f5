import { createHash } from 'node:crypto';
import { type Markup, markup, trusted } from './markup.ts';
import { COPY_SCRIPT } from './script.ts';
import type { Tone } from './state-look.ts';
import { FIGURE_STYLE } from './style/figures.ts';
import { GRAPH_STYLE } from './style/graph.ts';
import { LIST_STYLE } from './style/lists.ts';
import { PAGE_STYLE } from './style/page.ts';
import { PRINT_STYLE } from './style/print.ts';
import { TABLE_STYLE } from './style/tables.ts';
import { TROUBLE_STYLE } from './style/trouble.ts';

/** Everything that a page brings with it. It asks the network for nothing. */
export interface HtmlPage {
  readonly title: string;
  readonly body: Markup;
  /** Colour of the mark in the browser's tab. */
  readonly tone?: Tone;
  /** Style and script of this page besides those of every page. */
  readonly style?: string;
  readonly script?: string;
  /** Further directives of its Content-Security-Policy: `connect-src 'self'`. */
  readonly policy?: readonly string[];
}

/** The style of every page. */
export const STYLE = [
  PAGE_STYLE,
  FIGURE_STYLE,
  TROUBLE_STYLE,
  GRAPH_STYLE,
  TABLE_STYLE,
  LIST_STYLE,
  PRINT_STYLE,
].join('\n');

/** A whole page. Its policy lets its own style and script pass, known by their hashes, and nothing else. */
export function renderDocument({
  title,
  body,
  tone = 'idle',
  style = '',
  script = '',
  policy = [],
}: HtmlPage): string {
  const [allStyle, allScript] = [STYLE + style, COPY_SCRIPT + script];
  const directives = [
    "default-src 'none'",
    `style-src '${hashOf(allStyle)}'`,
    `script-src '${hashOf(allScript)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    ...policy,
  ];
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(directives.join('; '))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="${iconOf(tone)}">
<title>${title}</title>
<style>${trusted(allStyle)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
${body}
<script>${trusted(allScript)}</script>
</body>
</html>
`.toString();
}

/** Of colours that a bright and a dark tab show alike. */
const ICON_COLOURS: Readonly<Record<Tone, string>> = {
  good: '1f9d68',
  bad: 'd9453a',
  busy: '3f7de0',
  warn: 'c98a1b',
  idle: '8a8f97',
};

export const iconOf = (tone: Tone): string =>
  `data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Ccircle cx='8' cy='8' r='7' fill='%23${ICON_COLOURS[tone]}'/%3E%3C/svg%3E`;

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;
