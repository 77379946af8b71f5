import { type Markup, markup } from '../../report/html/markup.ts';
import { CONSOLE_PATH } from '../place.ts';

/** A button that asks for something to be done. Without the script of the page it does nothing. */
export interface ButtonAction {
  /** `load`, below the console's path. */
  readonly path: string;
  readonly label: string;
  /** What it is about, for those who hear the button alone. */
  readonly about?: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly isMain?: boolean;
}

/** @see ButtonAction */
export function renderButton({ path, label, about, fields, isMain = false }: ButtonAction): Markup {
  const id = ['do', path, ...Object.values(fields)].join('-').replaceAll(/[^\w-]/g, '.');
  return markup`<form class="action" id="${id}" method="post" action="${CONSOLE_PATH}/${path}">
${Object.entries(fields).map(([name, value]) => markup`<input type="hidden" name="${name}" value="${value}">`)}
<button class="${isMain ? 'main' : 'plain'}">${label}${about !== undefined && markup` <span class="unseen">${about}</span>`}</button>
</form>`;
}
