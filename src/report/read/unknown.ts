/** Collects what could not be found out, in sentences. */
export interface Unknown {
  readonly unknown: readonly string[];
  /** What `read` finds; `otherwise`, and a sentence that begins with `what`, if it fails. */
  orElse<Value>(what: string, otherwise: Value, read: () => Promise<Value>): Promise<Value>;
}

/** A report is worth having without its ornaments. */
export function collectUnknown(): Unknown {
  const unknown: string[] = [];
  return {
    unknown,
    async orElse(what, otherwise, read) {
      try {
        return await read();
      } catch (error) {
        unknown.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
        return otherwise;
      }
    },
  };
}
