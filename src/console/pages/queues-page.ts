import { count } from '../../count.ts';
import { indentJson } from '../../json-text.ts';
import type { PeekedMessage, PeekedQueue } from '../../local/index.ts';
import { clockText } from '../../report/figures.ts';
import { type Markup, markup, outside } from '../../report/html/markup.ts';
import type { ConsolePage } from './layout.ts';

/** Messages that are shown of a queue. */
const SHOWN = 100;

/** The queues and what they hold. Nothing is received by looking. */
export function queuesPage(queues: readonly PeekedQueue[]): ConsolePage {
  return {
    title: 'Queues: local AWS',
    isLive: true,
    body: markup`<h1 class="list-title">Queues</h1>
<p class="hint">What no function could handle waits here. Looking at a message does not receive it.</p>
${queues.map(renderQueue)}`,
  };
}

function renderQueue({ name, messages }: PeekedQueue): Markup {
  const more = messages.length - SHOWN;
  return markup`<section class="queue" id="queue-${name}" aria-labelledby="title-${name}">
<h2 id="title-${name}">${outside(name)}</h2>
<p class="task">${messages.length === 0 ? 'No message' : count(messages.length, 'message')}</p>
${messages.slice(0, SHOWN).map((message) => renderMessage(message, messages[0]?.sentAt ?? 0))}
${more > 0 && markup`<p class="hint">${count(more, 'more message')} not shown.</p>`}
</section>`;
}

function renderMessage({ id, body, attributes, sentAt, receiveCount }: PeekedMessage, today: number): Markup {
  return markup`<details class="message" id="message-${id}">
<summary><span class="stamp">${clockText(sentAt, today)} UTC</span> <span class="id">${outside(id)}</span>${receiveCount > 0 && markup` <small>received ${count(receiveCount, 'time')}</small>`}</summary>
${Object.entries(attributes).map(([name, value]) => markup`<p class="attribute"><b>${outside(name)}</b> ${outside(value)}</p>`)}
<pre tabindex="0">${indentJson(body)}</pre>
</details>`;
}
