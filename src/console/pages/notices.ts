import { indentJson } from '../../json-text.ts';
import { clockText } from '../../report/figures.ts';
import { type Markup, markup, outside } from '../../report/html/markup.ts';
import type { Notice } from '../notices.ts';

/** What was published to people, as they get it. */
export function renderNotices(notices: readonly Notice[]): Markup {
  const today = notices[0]?.at ?? 0;
  return markup`<section id="notifications" aria-labelledby="notifications-title">
<h2 id="notifications-title">Notifications</h2>
${notices.length === 0 ? markup`<p class="empty">None yet. One is sent when a run has ended, or when a load is not run.</p>` : notices.map((notice) => renderNotice(notice, today))}
</section>`;
}

function renderNotice({ number, at, subject, message, forms }: Notice, today: number): Markup {
  return markup`<details class="message" id="notification-${number}">
<summary><span class="stamp">${clockText(at, today)} UTC</span> ${outside(subject === '' ? 'without a subject' : subject)}</summary>
<pre tabindex="0">${message.trimEnd()}</pre>
${Object.entries(forms).map(
  ([protocol, text]) => markup`<details class="message" id="notification-${number}-${protocol}">
<summary>for ${outside(protocol)}</summary>
<pre tabindex="0">${indentJson(text)}</pre>
</details>`,
)}
</details>`;
}
