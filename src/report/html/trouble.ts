import type { Repair, RepairAction } from '../../errors/repairs.ts';
import type { EffectGroup, Report, Trouble } from '../report.ts';
import { elementId, type Markup, markup, outside } from './markup.ts';
import { markOf, type Tone } from './state-look.ts';

/** What is wrong, what it did to production, and what to do; nothing where nothing is wrong. */
export function renderTrouble({ trouble, rows }: Report): Markup | undefined {
  if (trouble === undefined) return undefined;
  return markup`<section class="trouble" id="trouble" aria-labelledby="trouble-title">
<div class="happened">
<h2 id="trouble-title">What went wrong</h2>
<p class="error-name"><code>${outside(trouble.error)}</code>${renderPlace(trouble, rows)}</p>
<p>${outside(withStop(trouble.meaning))}</p>
${trouble.cause !== '' && renderCause(trouble.cause)}
${trouble.effects.length > 0 && renderEffects(trouble.effects)}
</div>
<div class="repair">
<h2 id="repair-title">What to do</h2>
${trouble.repairs.map(renderRepair)}
</div>
</section>`;
}

function renderPlace({ at }: Trouble, rows: Report['rows']): Markup | undefined {
  if (at === undefined) return undefined;
  const index = rows.findIndex(({ name }) => name === at);
  const name = index < 0 ? outside(at) : markup`<a href="#${elementId('row', at, index)}">${outside(at)}</a>`;
  return markup` at ${name}`;
}

const withStop = (sentence: string): string => (/[.!?]$/.test(sentence) ? sentence : `${sentence}.`);

const LONG_TEXT = 1_500;

/** The whole text of an error. A long one scrolls in its own box. */
export function renderCause(cause: string): Markup {
  return cause.length > LONG_TEXT
    ? markup`<pre class="cause long" tabindex="0" role="group" aria-label="Text of the error" dir="auto">${cause}</pre>`
    : markup`<pre class="cause" dir="auto">${cause}</pre>`;
}

const EFFECT_TONES: Readonly<Record<EffectGroup['kind'], Tone>> = {
  nothing: 'idle',
  applied: 'good',
  'not-applied': 'idle',
  uncertain: 'warn',
};

function renderEffects(effects: readonly EffectGroup[]): Markup {
  return markup`<h3>What it did to production</h3>
<dl class="effects">${effects.map(
    ({ kind, title, texts }) =>
      markup`<div><dt>${markOf(EFFECT_TONES[kind])} ${title}</dt>${texts.map((text) => markup`<dd>${outside(text)}</dd>`)}</div>`,
  )}</dl>`;
}

/** More cases than this are folded but for the first, which is the most likely. */
const MOST_OPEN = 2;

function renderRepair({ when, repair, actions }: Repair, index: number, all: readonly Repair[]): Markup {
  const earlier = new Set(all.slice(0, index).flatMap((other) => other.actions.map(({ verb }) => verb)));
  const isOpen = index === 0 || all.length <= MOST_OPEN;
  return markup`<details class="case" id="repair-${index}"${isOpen && markup` open`}>
<summary><h3>${outside(when)}</h3></summary>
<p>${outside(repair)}</p>
${actions.map((action) => renderAction(action, earlier.has(action.verb)))}
</details>`;
}

/** The commands of a verb, each with the button that copies it. @param isKnown whether the verb is explained above */
function renderAction({ verb, meaning, commands }: RepairAction, isKnown: boolean): Markup {
  return markup`<p class="verb"><b>${verb}</b> ${!isKnown && meaning}</p>${commands.map((command) => copyable(command, `Copy the command: ${verb}`))}`;
}

/** A text to copy as a whole. Its button shows where a script can copy. */
export function copyable(text: string, label: string): Markup {
  return markup`<div class="command"><pre><code>${text}</code></pre><button type="button" class="copy" aria-label="${label}">Copy</button></div>`;
}
