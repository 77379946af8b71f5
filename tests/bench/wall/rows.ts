import type { Findings, Measuring, Subject } from '../subject.ts';
import { measureStart } from './local.ts';

const FEW = 1_000_000;
const MANY = 10_000_000;
/** Constant, but for what a collector of garbage leaves lying. */
const MOST_GROWTH = 1.25;

async function measure({ signal, tell }: Measuring): Promise<Findings> {
  tell(`npm start -- --rows ${FEW}`);
  const few = await measureStart(['--rows', String(FEW)], signal);
  tell(`npm start -- --rows ${MANY}`);
  const many = await measureStart(['--rows', String(MANY)], signal);
  return {
    figures: [
      {
        what: 'npm start with ten million rows',
        ...{ ours: many.seconds, unit: 's', bar: { most: 100 }, kind: 'clock' },
      },
      {
        what: 'its memory without PostgreSQL, ten million rows beside a million',
        ...{ ours: many.peakMb / few.peakMb, unit: '×', bar: { most: MOST_GROWTH }, kind: 'ratio' },
      },
      {
        what: 'most memory of its process without PostgreSQL',
        ...{ ours: many.peakMb, unit: 'MB', kind: 'clock' },
      },
    ],
    tables: [],
  };
}

export const rows: Subject = {
  name: 'rows',
  title: 'Ten million rows on a laptop',
  about:
    'On the wall clock: the command as a process of its own, whose memory is looked at ten times a second.',
  isLong: true,
  measure,
};
