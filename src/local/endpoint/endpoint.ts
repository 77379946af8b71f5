import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Service } from '../contracts.ts';
import { createLoopbackGuard } from './loopback-guard.ts';
import type { Pages } from './pages.ts';
import { createRequestHandler, type Intercept, type RequestFault } from './request-handler.ts';

export interface EndpointOptions {
  readonly services: readonly Service[];
  /** TCP port on 127.0.0.1; 0 takes any free one. */
  readonly port: number;
  /** Answers what is no request to AWS. @default such a request is refused */
  readonly pages?: Pages | undefined;
  /** Stands around every operation: may delay it, replace its answer, or fail before or after it ran. */
  readonly intercept?: Intercept;
  /** Told what an operation threw that was no AwsError. @default writes it to stderr */
  readonly reportFault?: (fault: RequestFault) => void;
}

export interface Endpoint {
  /** For AWS_ENDPOINT_URL: `http://127.0.0.1:4510`. */
  readonly url: string;
  readonly port: number;
  /** Takes no more connections, ends long polls with the answer of the moment, then drops every connection. */
  close(): Promise<void>;
}

/** Milliseconds that a waiting SDK may keep an idle connection; above the 60 s after which SDKs drop it themselves. */
const KEEP_ALIVE_MS = 75_000;
/** Milliseconds an operation has for its last answer once the endpoint closes. */
const CLOSE_GRACE_MS = 250;

/**
 * Serves local services over HTTP as an unmodified AWS CLI or SDK expects them, on loopback only.
 * @throws PortInUseError
 */
export async function createEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, noDelay: true });
  const port = await listen(server, options.port);
  const handler = createRequestHandler({
    services: options.services,
    guard: createLoopbackGuard(port),
    pages: options.pages,
    intercept: options.intercept ?? ((_call, next) => next()),
    reportFault: options.reportFault ?? writeFault,
  });
  server.on('request', handler.handle);
  let closing: Promise<void> | undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    close: () => {
      closing ??= stop(server, handler.close);
      return closing;
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new PortInUseError(port, error) : error);
    });
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** Open requests get the grace period to answer; then their connections are gone. */
async function stop(server: Server, endRequests: () => Promise<void>): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const timer = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS);
  await Promise.race([endRequests(), closed]);
  server.closeIdleConnections();
  await closed;
  clearTimeout(timer);
}

function writeFault({ service, operation, requestId, error }: RequestFault): void {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${service}.${operation} failed (request ${requestId}): ${detail}\n`);
}

/** Another program listens where the endpoint should. What to do: end that program, or pick a port with `--port`. */
class PortInUseError extends Error {
  override readonly name = 'PortInUseError';
  readonly port: number;

  constructor(port: number, cause?: unknown) {
    super(
      `Port ${port} on 127.0.0.1 is taken by another program. Stop it, or choose a port with --port (0 takes any free one).`,
      { cause },
    );
    this.port = port;
  }
}
