import type { PostgresConnection } from '../../contracts.ts';
import type { WarehouseServerError } from './server-error.ts';

/** A running PostgreSQL server with the warehouse's databases and users. */
export interface DatabaseServer {
  /** How to connect as one of the users. */
  connection(database: string, user: string): PostgresConnection;
  /** How to connect as the superuser who answers sessions. */
  admin(database: string): PostgresConnection;
  /** Resolves with the reason when the server has ended without being stopped. */
  readonly lost: Promise<WarehouseServerError>;
  /** Stops what was started, removes what was made. */
  close(): Promise<void>;
}
