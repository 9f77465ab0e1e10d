import type { Retries } from '../gateway/retries';

/** Retries as a BackendTrafficPolicy has them. @see https://gateway.envoyproxy.io/docs/api/extension_types/#retry */
export function retryPart(retries: Retries): object {
  return {
    numRetries: retries.attempts,
    perRetry: { backOff: { baseInterval: retries.pause.toGo() } },
    retryOn: { triggers: ['connect-failure', 'retriable-status-codes'], httpStatusCodes: [502, 503, 504] },
  };
}
