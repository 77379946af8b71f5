/** What a figure must reach. */
export type Bar = { readonly most: number } | { readonly least: number };

/** One figure of a subject. */
export interface Figure {
  readonly what: string;
  readonly ours: number;
  /** E.g. `s`, `×`, `kB`. */
  readonly unit: string;
  /** Figures without a bar are told, and judged by nobody. */
  readonly bar?: Bar;
  /**
   * `clock`: time or memory of this machine, which fails the bench only under --strict. `ratio`: counted, computed in virtual
   * time, or measured side by side.
   */
  readonly kind: 'ratio' | 'clock';
}

export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What a subject has found. */
export interface Findings {
  readonly figures: readonly Figure[];
  readonly tables: readonly Table[];
}

/** What a subject may use while it measures. */
export interface Measuring {
  /** Aborted when somebody stops the bench. */
  readonly signal: AbortSignal;
  /** Tells how far it is. */
  tell(line: string): void;
}

export interface Subject {
  readonly name: string;
  readonly title: string;
  /** How it is measured, in a sentence or two. */
  readonly about: string;
  /** Takes longer than the whole of the others: measured under --long, or when it is asked for by name. @default false */
  readonly isLong?: boolean;
  measure(measuring: Measuring): Promise<Findings>;
}

/** Whether a figure reaches its bar; undefined where it has none. */
export function isMet({ ours, bar }: Pick<Figure, 'ours' | 'bar'>): boolean | undefined {
  if (bar === undefined) return undefined;
  return 'most' in bar ? ours <= bar.most : ours >= bar.least;
}

/** Figures that make the bench fail. @param strict whether times of this machine count */
export function missedFigures(figures: readonly Figure[], strict: boolean): readonly Figure[] {
  return figures.filter((figure) => isMet(figure) === false && (strict || figure.kind === 'ratio'));
}
