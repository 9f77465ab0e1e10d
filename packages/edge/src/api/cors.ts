import { Check, ConfigError, Duration } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { HTTP_METHODS, type HttpMethod } from '../gateway/http-route';

/** Which other sites' pages may call an API in a browser. @see https://fetch.spec.whatwg.org/#http-cors-protocol */
export interface Cors {
  /** `https://shop.example.net`, `https://*.example.net`, or `*` for all. */
  readonly origins: readonly string[];
  /** @default - GET, HEAD and POST, which need no permission */
  readonly methods?: readonly HttpMethod[];
  /** Headers that a page may send, e.g. `Authorization`. @default - those that need no permission */
  readonly headers?: readonly string[];
  /** Whether the browser sends cookies and lets the page read the answer. Not with `*`. @default false */
  readonly credentials?: boolean;
  /** How long a browser keeps the permission, up to 2 h. @default Duration.minutes(10) */
  readonly maxAge?: Duration;
}

/** CORS as a SecurityPolicy has it. @throws CORS_CREDENTIALS, CORS_ORIGINS, PROP_* */
export function corsPolicy(scope: IConstruct, cors: Cors): object {
  const check = new Check(scope);
  check.known(cors, ['origins', 'methods', 'headers', 'credentials', 'maxAge']);
  const origins = check
    .list('cors.origins', cors.origins, "'https://shop.example.net'")
    .map(origin => check.text('cors.origins', origin, ORIGIN, '* or origins, without a path', 'https://shop.example.net'));
  const credentials = check.boolean('cors.credentials', cors.credentials ?? false);
  if (origins.includes('*') && credentials) {
    throw new ConfigError(
      scope,
      'CORS_CREDENTIALS',
      "cors lets every site's pages act with the cookies of whoever opens them: origins '*' with credentials",
      {
        fix: 'name the origins, or leave credentials out',
        see: 'https://fetch.spec.whatwg.org/#cors-protocol-and-credentials',
      },
    );
  }
  if (origins.includes('*') && origins.length > 1) {
    throw new ConfigError(scope, 'CORS_ORIGINS', 'cors.origins names * and others, which it stands for already', {
      fix: 'keep one or the other',
    });
  }
  const methods = (cors.methods ?? ['GET', 'HEAD', 'POST']).map(method => check.choice('cors.methods', method, HTTP_METHODS));
  const headers = (cors.headers ?? []).map(name =>
    check.text('cors.headers', name, /^[A-Za-z0-9-]+$/, 'names of headers', 'Authorization'),
  );
  const maxAge = check.instance('cors.maxAge', cors.maxAge ?? Duration.minutes(10), Duration, 'Duration.minutes(10)');
  check.integer('cors.maxAge', maxAge.toSeconds(), 0, 7200, 'seconds');
  return {
    allowOrigins: [...origins].sort(),
    allowMethods: [...methods].sort(),
    ...(headers.length > 0 && { allowHeaders: [...headers].sort() }),
    ...(credentials && { allowCredentials: true }),
    maxAge: maxAge.toGo(),
  };
}

const ORIGIN = /^(\*|https?:\/\/(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?)$/;
