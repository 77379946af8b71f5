import type { EffectGroup } from '../../report/report.ts';
import { wrap } from './wrap.ts';

const TITLE = 15;

/** What a run did to production, as lines of text. What is uncertain has a line for each step. */
export function effectLines(effects: readonly EffectGroup[], columns: number): readonly string[] {
  return effects.flatMap(({ kind, title, texts }) => {
    if (kind === 'nothing') return [`  ${title}: ${texts.join(', ')}`];
    const lines = kind === 'uncertain' ? texts : [texts.join(', ')];
    return lines.flatMap((text, index) =>
      wrap(text, columns, {
        first: `  ${(index === 0 ? title : '').padEnd(TITLE)}`,
        rest: ' '.repeat(TITLE + 2),
      }),
    );
  });
}
