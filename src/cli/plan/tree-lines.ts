import type { StepTree } from '../../compile/schedule/step-tree.ts';
import { cutToWidth, padToWidth, widthOf } from '../screen/text/text-width.ts';

interface Row {
  /** Lines of the drawing, then the step or what a bracket says. */
  readonly drawn: string;
  readonly does: string;
}

/**
 * Draws how steps follow each other: one below the other is one after the other. Branches stand between brackets, with a lane for
 * each: `├` begins the next one, and all must have ended at `└`.
 * @param doesOf what a step does, in words, beside it
 */
export function treeLines(
  tree: StepTree,
  doesOf: (step: string) => string,
  columns: number,
): readonly string[] {
  const rows = draw(tree, '', doesOf);
  const width = Math.max(...rows.map(({ drawn, does }) => (does === '' ? 0 : widthOf(drawn))));
  return rows.map(({ drawn, does }) =>
    does === '' ? drawn : cutToWidth(`${padToWidth(drawn, width)}  ${does}`, Math.max(columns, width + 12)),
  );
}

function draw(tree: StepTree, lanes: string, doesOf: (step: string) => string): readonly Row[] {
  if (tree.kind === 'step') return [{ drawn: `${lanes}● ${tree.name}`, does: doesOf(tree.name) }];
  if (tree.kind === 'series') return tree.parts.flatMap((part) => draw(part, lanes, doesOf));
  const branches = tree.branches.flatMap((branch, index) => [
    { drawn: `${lanes}${index === 0 ? `┌ ${tree.branches.length} side by side` : '├'}`, does: '' },
    ...draw(branch, `${lanes}│ `, doesOf),
  ]);
  return [...branches, { drawn: `${lanes}└ when all have ended`, does: '' }];
}
