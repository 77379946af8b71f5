import { count, groupDigits } from '../../count.ts';
import type { SqlColumn, SqlResult } from '../../local/index.ts';
import { durationText } from '../../report/figures.ts';
import { type Markup, markup, outside } from '../../report/html/markup.ts';
import { SHOWN_ROWS, SQL_SECONDS, SQL_USERS, type SqlAnswer } from '../actions/run-sql.ts';
import { CONSOLE_PATH } from '../place.ts';
import type { ConsolePage } from './layout.ts';

const EXAMPLE = 'SELECT * FROM dbo.fact_sales ORDER BY order_number';

/** A box for a statement to the warehouse. */
export function sqlPage(mayWrite: boolean): ConsolePage {
  const rule = mayWrite
    ? 'It may write: what it does is committed.'
    : 'It may only read: npm run local -- --sql-write lets it write.';
  return {
    title: 'SQL: local AWS',
    isLive: false,
    body: markup`<h1 class="list-title">SQL</h1>
<form class="sql" id="sql" method="post" action="${CONSOLE_PATH}/sql" data-into="result">
<label for="statement">One statement of Redshift SQL, in database dev</label>
<textarea id="statement" name="sql" rows="6" spellcheck="false" autocapitalize="off" autocomplete="off" required>${EXAMPLE}</textarea>
<div class="actions">
<label>As user <select name="user">${SQL_USERS.map((user) => markup`<option>${user}</option>`)}</select></label>
<button class="main">Run</button>
</div>
<p class="hint">${rule} It is cancelled after ${SQL_SECONDS} seconds. Ctrl and Enter run it, too.</p>
</form>
<section class="result" id="result" aria-live="polite" aria-label="Result"></section>`,
  };
}

/** How a statement went. */
export function renderAnswer(answer: SqlAnswer): string {
  return ('error' in answer ? renderError(answer) : renderResult(answer)).toString();
}

function renderError({ error, ms, isLate }: { error: string; ms: number; isLate: boolean }): Markup {
  return markup`<h2>Failed after ${durationText(ms)}</h2>
${isLate && markup`<p>The console cancelled it: it may take ${SQL_SECONDS} seconds.</p>`}
<pre class="error" tabindex="0">${error}</pre>`;
}

function renderResult({ result, ms }: { result: SqlResult; ms: number }): Markup {
  const { columns, rows = [] } = result;
  return markup`<h2>${summaryOf(result)}</h2>
<p class="hint">${result.command}, ${durationText(ms)}</p>
${columns !== undefined && renderTable(columns, rows.slice(0, SHOWN_ROWS))}`;
}

function summaryOf({ command, columns, rowCount }: SqlResult): string {
  if (columns === undefined) return rowCount < 0 ? `${command} done` : `${count(rowCount, 'row')} changed`;
  return rowCount > SHOWN_ROWS
    ? `The first ${SHOWN_ROWS} of ${groupDigits(rowCount)} rows`
    : count(rowCount, 'row');
}

const NULL = markup`<span class="none">NULL</span>`;

const NUMBERS = /^(?:int|float|numeric)/;

function renderTable(columns: readonly SqlColumn[], rows: readonly (readonly (string | null)[])[]): Markup {
  const classes = columns.map(({ typeName }) => (NUMBERS.test(typeName) ? 'number' : 'text'));
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="Rows"><table>
<thead><tr>${columns.map(({ name, typeName }, index) => markup`<th scope="col" class="${classes[index]}">${outside(name)} <small>${typeName}</small></th>`)}</tr></thead>
<tbody>${rows.map((row) => markup`<tr>${row.map((value, index) => renderCell(value, classes[index]))}</tr>`)}</tbody>
</table></div>`;
}

function renderCell(value: string | null, kind: string | undefined): Markup {
  return markup`<td class="${kind}">${value === null ? NULL : outside(value)}</td>`;
}
