/**
 * Control characters, signs that turn the direction of writing or are not shown, separators of lines, halves of characters. Joiners are
 * not among them: emoji and some scripts need them.
 */
const UNSEEN = /(?![\n\t\u200C\u200D])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * A text from outside (an SQL error, a name, a log) with what cannot be seen made visible: `⟨U+202E⟩`. A terminal, a page or a message
 * then shows what is there, and does nothing that the text says. Line feeds and tabs stay.
 */
export function visibleText(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(UNSEEN, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
  });
}
