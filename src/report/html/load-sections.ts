import { groupDigits } from '../../count.ts';
import { clockText, dateText } from '../figures.ts';
import type { Report } from '../report.ts';
import { type Markup, markup, outside } from './markup.ts';
import { markOf, NOTHING } from './state-look.ts';
import { copyable } from './trouble.ts';

/** What audits counted, and what checks found and only warned about; nothing where neither is. */
export function renderAudits({ audits, rows }: Report): Markup | undefined {
  const checks = rows.flatMap(({ name, kind, step, state }) =>
    kind === 'check' && state === 'done'
      ? [
          {
            step: name,
            audit: step?.procedures.join(', ') ?? '',
            severity: '',
            wrongRows: step?.wrongRows ?? 0,
          },
        ]
      : [],
  );
  const all = [...checks, ...audits];
  if (all.length === 0) return undefined;
  return markup`<section id="audits" aria-labelledby="audits-title">
<h2 id="audits-title">Audits and checks</h2>
${tableOf(
  'audits-title',
  ['Step', 'Audit or check', 'If rows are wrong', '#Wrong rows', '#Rows of the table', 'Found'],
  all.map((found) => [
    outside(found.step),
    outside(found.audit),
    severityText(found.severity),
    groupDigits(found.wrongRows),
    'rows' in found && found.rows !== undefined ? groupDigits(found.rows) : NOTHING,
    found.wrongRows === 0
      ? markup`<span class="state good">${markOf('good')} nothing wrong</span>`
      : markup`<span class="state warn">${markOf('warn')} wrong rows</span>`,
  ]),
)}
</section>`;
}

const SEVERITIES: Readonly<Record<string, string>> = { fail: 'the step fails', warn: 'a warning' };

const severityText = (severity: string): Markup =>
  severity === '' ? NOTHING : outside(SEVERITIES[severity] ?? severity);

/** The load that the run was about: its DMS tasks and tables. */
export function renderLoad({ load, timing }: Report): Markup {
  const day = timing.from;
  return markup`<section id="load" aria-labelledby="load-title">
<h2 id="load-title">The load</h2>
<dl class="facts">
<div><dt>Load</dt><dd class="id">${outside(load.id)}</dd></div>
${load.startedAt !== undefined && markup`<div><dt>Started</dt><dd>${clockText(load.startedAt, day)} UTC</dd></div>`}
${load.stoppedAt !== undefined && markup`<div><dt>DMS stopped</dt><dd>${clockText(load.stoppedAt, day)} UTC</dd></div>`}
</dl>
${tableOf(
  'load-title',
  ['Staged table', 'Source', 'DMS task', '#Rows'],
  load.tables.map(({ table, source, task, rows }) => [
    outside(table),
    source === null ? NOTHING : outside(source),
    task === null ? NOTHING : outside(task),
    rows === undefined ? NOTHING : groupDigits(rows),
  ]),
)}
${
  load.tasks.length > 0 &&
  tableOf(
    'load-title',
    ['DMS task', 'Started', 'ARN'],
    load.tasks.map(({ identifier, startedAt, arn }) => [
      outside(identifier),
      `${clockText(startedAt, day)} UTC`,
      markup`<span class="id">${outside(arn)}</span>`,
    ]),
  )
}
</section>`;
}

/** The execution behind the report, and what could not be found out. */
export function renderSources({ executionArn, link, reason, madeAt, unknown, timing }: Report): Markup {
  return markup`${
    unknown.length > 0 &&
    markup`<section id="unknown" aria-labelledby="unknown-title">
<h2 id="unknown-title">What could not be found out</h2>
<ul>${unknown.map((text) => markup`<li>${outside(text)}</li>`)}</ul>
</section>`
  }
<section id="execution" aria-labelledby="execution-title">
<h2 id="execution-title">Execution</h2>
${copyable(executionArn, 'Copy the ARN of the execution')}
<p class="hint">${reason !== undefined && markup`Started because: ${outside(reason)}. `}${link !== undefined && markup`<a href="${link}">Open it in the AWS console</a>. `}Report made ${dateText(madeAt)}, ${clockText(madeAt, madeAt)} UTC${timing.to > madeAt && ', while the run went on'}.</p>
</section>`;
}

/** A table in a box of its own, which scrolls if the page is too narrow. @param columns with `#` before one of numbers */
function tableOf(
  labelledBy: string,
  columns: readonly string[],
  rows: readonly (readonly (string | Markup)[])[],
): Markup {
  const classOf = (column: string | undefined) =>
    column?.startsWith('#') ? markup` class="number"` : undefined;
  return markup`<div class="scroll" tabindex="0" role="group" aria-labelledby="${labelledBy}"><table aria-labelledby="${labelledBy}">
<thead><tr>${columns.map((column) => markup`<th scope="col"${classOf(column)}>${column.replace('#', '')}</th>`)}</tr></thead>
<tbody>${rows.map(
    (cells) =>
      markup`<tr>${cells.map((content, index) =>
        index === 0
          ? markup`<th scope="row">${content}</th>`
          : markup`<td${classOf(columns[index])}>${content}</td>`,
      )}</tr>`,
  )}</tbody></table></div>`;
}
