/** Another program listens where the endpoint should. What to do: end that program, or pick a port with `--port`. */
export class PortInUseError extends Error {
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
