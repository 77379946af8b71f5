import { visibleText } from '../../visible-text.ts';

/** What a chat client might read as more than text, and what is shown in its place. */
const SHOWN_AS: Readonly<Record<string, string>> = {
  '<': '‹',
  '>': '›',
  '&': '＆',
  '@': '＠',
  '`': 'ˋ',
  '*': '∗',
  '~': '∼',
  '[': '［',
  ']': '］',
  '|': '¦',
  '#': '＃',
  '\\': '⧵',
};

/**
 * A text as a chat shows it and does nothing with it: nobody is mentioned, nothing is a link, nothing is formatted. Signs that might are
 * shown as others that look alike. Underscores inside of words stay, because names have them and no client reads them there.
 */
export function inertText(text: string): string {
  return visibleText(text)
    .replaceAll(/(?<![A-Za-z0-9])_+|_+(?![A-Za-z0-9])/g, (run) => 'ˍ'.repeat(run.length))
    .replaceAll(/[<>&@`*~[\]|#\\]/g, (sign) => SHOWN_AS[sign] ?? sign)
    .replaceAll(/:(?=\/\/)|(?<=\b(?:mailto|tel|slack|javascript|data)):/gi, '∶')
    .replaceAll(/\b(www)\./gi, '$1․');
}

/** Whether a command can stand between backticks as it is: it then does nothing, and can be copied. */
export function isInertCode(command: string): boolean {
  return !/[`<>\n\r]/.test(command) && visibleText(command) === command;
}
