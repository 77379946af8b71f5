import { iconOf } from '../../report/html/document.ts';
import { type Markup, markup } from '../../report/html/markup.ts';
import type { Tone } from '../../report/html/state-look.ts';
import { CONSOLE_PATH, type PagePlace, pathOf } from '../place.ts';

/** A page of the console. */
export interface ConsolePage {
  readonly title: string;
  /** What stands in `main`. */
  readonly body: Markup;
  /** Whether it is sent again when it changes. */
  readonly isLive: boolean;
  /** Colour of its mark in the tab. @default idle */
  readonly tone?: Tone;
}

/** What a page must know of the process that serves it. */
export interface Process {
  /** Differs from start to start. */
  readonly instance: string;
  readonly token: string;
}

const PAGES: readonly (readonly [PagePlace, string])[] = [
  [{ page: 'home' }, 'Runs'],
  [{ page: 'sql' }, 'SQL'],
  [{ page: 'queues' }, 'Queues'],
];

/** A whole page. Its script follows the stream of its content. */
export function renderPage(page: ConsolePage, place: PagePlace, { instance, token }: Process): string {
  const follows = page.isLive ? pathOf(place) : '';
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="console-token" content="${token}">
<meta name="console-instance" content="${instance}">
<meta name="console-follows" content="${follows}">
<title>${page.title}</title>
<link rel="icon" id="icon" href="${iconOf(page.tone ?? 'idle')}">
<link rel="stylesheet" href="${CONSOLE_PATH}/report.css">
<link rel="stylesheet" href="${CONSOLE_PATH}/console.css">
<script type="module" src="${CONSOLE_PATH}/console.js"></script>
<script defer src="${CONSOLE_PATH}/copy.js"></script>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="bar">
<p class="brand">Local AWS</p>
<nav aria-label="Pages">${PAGES.map(([to, word]) => renderLink(to, word, place))}</nav>
<p class="connection" id="connection" role="status"></p>
</header>
<p class="said" id="said" role="status"></p>
<main id="main" tabindex="-1">${page.body}</main>
</body>
</html>
`.toString();
}

function renderLink(to: PagePlace, word: string, { page }: PagePlace): Markup {
  const isHere = to.page === page && markup` aria-current="page"`;
  return markup`<a href="${pathOf(to)}"${isHere}>${word}</a>`;
}

/** What is sent of a page when it has changed. */
export function contentOf({ title, body, tone = 'idle' }: ConsolePage): string {
  return JSON.stringify({ title, html: body.toString(), icon: iconOf(tone) });
}
