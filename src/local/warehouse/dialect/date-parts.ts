/** Redshift's names of date parts, each with PostgreSQL's name. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  millennium: ['millennium', 'millennia', 'mil', 'mils'],
  century: ['century', 'centuries', 'c', 'cent', 'cents'],
  decade: ['decade', 'decades', 'dec', 'decs'],
  year: ['year', 'years', 'y', 'yr', 'yrs'],
  quarter: ['quarter', 'quarters', 'qtr', 'qtrs'],
  month: ['month', 'months', 'mon', 'mons'],
  week: ['week', 'weeks', 'w'],
  dow: ['dayofweek', 'dow', 'dw', 'weekday'],
  doy: ['dayofyear', 'doy', 'dy', 'yearday'],
  day: ['day', 'days', 'd'],
  hour: ['hour', 'hours', 'h', 'hr', 'hrs'],
  minute: ['minute', 'minutes', 'm', 'min', 'mins'],
  second: ['second', 'seconds', 's', 'sec', 'secs'],
  milliseconds: [
    'millisecond',
    'milliseconds',
    'ms',
    'msec',
    'msecs',
    'msecond',
    'mseconds',
    'millisec',
    'millisecs',
    'millisecon',
  ],
  microseconds: [
    'microsecond',
    'microseconds',
    'us',
    'usec',
    'usecs',
    'usecond',
    'useconds',
    'microsec',
    'microsecs',
    'microsecon',
  ],
  epoch: ['epoch'],
  timezone: ['timezone'],
  timezone_hour: ['timezone_hour'],
  timezone_minute: ['timezone_minute'],
};

const BY_ALIAS = new Map(
  Object.entries(NAMES).flatMap(([name, aliases]) => aliases.map((alias) => [alias, name])),
);

/** PostgreSQL's name of a date part as Redshift spells it, in any case; undefined for a word that is none. */
export function datePartName(word: string): string | undefined {
  return BY_ALIAS.get(word.toLowerCase());
}
