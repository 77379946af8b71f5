/** Milliseconds in which a Ctrl-C comes twice: from the terminal, and from npm, which passes its own on. */
const SAME_KEY_MS = 1_000;

/**
 * For signals that come after the first one: what comes at once is the same press of the key, what comes later a second one.
 * @param now milliseconds; the first one came when this is called
 */
export function whenAskedAgain(now: () => number, act: () => void): () => void {
  const first = now();
  return () => {
    if (now() - first > SAME_KEY_MS) act();
  };
}
