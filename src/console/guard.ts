import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

/** What every answer carries: a page loads only what is its own, and no other page can frame or read it. */
export const protectPages: MiddlewareHandler = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    connectSrc: ["'self'"],
    imgSrc: ['data:'],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
  },
  crossOriginOpenerPolicy: 'same-origin',
  crossOriginResourcePolicy: 'same-origin',
  referrerPolicy: 'same-origin',
  // It is served without TLS.
  strictTransportSecurity: false,
  xFrameOptions: 'DENY',
});

/** Header in which a page shows the token that only it has. */
const TOKEN_HEADER = 'x-console-token';

/**
 * Lets a request pass that comes from a page of the console: its Origin is the address that it is sent to, and it has the token. The
 * endpoint has made sure before that the Host is a loopback name.
 */
export function requireOwnPage(token: string): MiddlewareHandler {
  return async (context, next) => {
    const { host, origin, [TOKEN_HEADER]: shown = '' } = context.req.header();
    if (origin !== `http://${host}`) return context.text('Only pages of this console may do that.', 403);
    if (!isSame(shown, token))
      return context.text('The page is of an earlier start. Load it again, and repeat.', 403);
    return next();
  };
}

/** Takes as long whatever differs. */
function isSame(shown: string, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(shown), digest(token));
}
