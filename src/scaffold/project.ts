/** The project's files, as text. Paths are relative to its root, with `/`. */
export interface ProjectFiles {
  /** Undefined where there is no such file. */
  read(path: string): string | undefined;
  /** Names of the files of a folder; none where there is no such folder. */
  list(folder: string): readonly string[];
}

/** What a command would write. */
export interface ProjectChanges {
  /** Files that are not there yet. */
  readonly files: readonly NewFile[];
  /** Files that are there, and are changed at one place. */
  readonly edits: readonly FileEdit[];
  /** What a stage has shown, in words. */
  readonly found: readonly string[];
  /** What was not known, in words. */
  readonly guessed: readonly string[];
  /** What is to be done next, in words. */
  readonly next: readonly string[];
}

export interface NewFile {
  readonly path: string;
  readonly text: string;
}

export interface FileEdit {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}
