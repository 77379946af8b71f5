/** A procedure of the catalog. */
export interface ProcedureFacts {
  /** `schema.name` */
  readonly name: string;
  /** Types that a CALL passes, as the catalog calls them. */
  readonly argumentTypes: readonly string[];
  /** The owner whose rights count; absent where those of the caller do. */
  readonly definer?: string;
  /** Its text between the dollar quotes. */
  readonly body: string;
  /** Whether the runtime user may call it, if the warehouse tells. */
  readonly isCallable: boolean | 'unknown';
}

/** A table or view of the catalog. */
export interface TableFacts {
  /** By user. */
  readonly rights: ReadonlyMap<string, ReadonlySet<string>>;
  /** Rights that the warehouse would not tell, by user. */
  readonly unknown: ReadonlySet<string>;
}

/** Who asks, and what holds for his session. */
export interface SessionFacts {
  readonly user: string;
  readonly database: string;
  /** Milliseconds; 0 is none. */
  readonly statementTimeoutMs: number;
}

/** What the catalog says of the names that it was asked for. */
export interface CatalogFacts {
  readonly users: ReadonlySet<string>;
  /** Users that may use a schema, by schema. */
  readonly schemas: ReadonlyMap<string, ReadonlySet<string>>;
  readonly tables: ReadonlyMap<string, TableFacts>;
}

/** The database users that a stage has. */
export interface WarehouseUsers {
  readonly owner: string;
  readonly runtime: string;
  readonly dms: string;
}
