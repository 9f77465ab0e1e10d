import { createPublicKey, type KeyObject } from 'node:crypto';
import { Check, ConfigError, Secret, warn } from '@ashlar/core';
import type { IConstruct } from 'constructs';

/** A pair of keys with which the mail of a domain is signed. */
export interface DkimKey {
  /** Name of the key: it is published as `<selector>._domainkey.<domain>`. Each key has its own, for good. */
  readonly selector: string;
  /** RSA of 2048 bits or Ed25519, as PEM (`-----BEGIN PUBLIC KEY-----`) or as the Base64 text inside. */
  readonly publicKey: string;
  /** Where the private key is kept, for whoever installs it on the servers. */
  readonly privateKey: Secret;
}

/** The value of the TXT record of a key. @see RFC 6376 section 3.6.1, RFC 8463 section 4 */
export function dkimRecord({ publicKey }: DkimKey): string {
  const key = read(publicKey) as KeyObject;
  const spki = key.export({ format: 'der', type: 'spki' });
  // RFC 8463 publishes the 32 bytes of an Ed25519 key alone, and not the structure around them.
  const ed25519 = key.asymmetricKeyType === 'ed25519';
  const data = ed25519 ? spki.subarray(-32) : spki;
  return `v=DKIM1; k=${ed25519 ? 'ed25519' : 'rsa'}; p=${data.toString('base64')}`;
}

/**
 * Checks the keys of a domain; a key of fewer than 2048 bits is a warning.
 * @throws DKIM_KEY, DKIM_KEY_PRIVATE, DKIM_KEY_SHORT, DKIM_SELECTOR_TAKEN
 */
export function checkDkimKeys(scope: IConstruct, keys: readonly DkimKey[]): void {
  const check = new Check(scope);
  check.list('dkim', keys, "{ selector: '2026a', publicKey, privateKey }");
  const selectors = new Set<string>();
  for (const key of keys) {
    check.known(key, ['selector', 'publicKey', 'privateKey']);
    check.label('selector', key.selector);
    check.instance('privateKey', key.privateKey, Secret, "Secret.fromOpenBao('kv/mail', 'dkim-2026a')");
    check.present('publicKey', key.publicKey, "'-----BEGIN PUBLIC KEY-----…'");
    if (selectors.has(key.selector)) {
      throw new ConfigError(scope, 'DKIM_SELECTOR_TAKEN', `two keys have the selector ${key.selector}`, {
        fix: 'give the new key a selector of its own; the old one stays until no signature of it is on its way',
        see: 'RFC 6376 section 3.1',
      });
    }
    selectors.add(key.selector);
    checkKey(scope, key);
  }
}

function checkKey(scope: IConstruct, { selector, publicKey }: DkimKey): void {
  const see = 'RFC 8301 section 3.2';
  if (typeof publicKey === 'string' && publicKey.includes('PRIVATE KEY')) {
    throw new ConfigError(scope, 'DKIM_KEY_PRIVATE', `publicKey of selector ${selector} is a private key`, {
      fix: 'write the public half, from openssl pkey -pubout, and make a new pair: this one has been in a program',
    });
  }
  const key = read(publicKey);
  if (key === undefined) {
    throw new ConfigError(scope, 'DKIM_KEY', `publicKey of selector ${selector} is no public key of RSA or Ed25519`, {
      fix: 'write what openssl pkey -pubout prints',
    });
  }
  const bits = key.asymmetricKeyDetails?.modulusLength;
  if (bits === undefined) return;
  const short = `the RSA key of selector ${selector} has ${bits} bits`;
  if (bits < 1024) {
    throw new ConfigError(scope, 'DKIM_KEY_SHORT', `${short}, and receivers take its signatures for none`, {
      fix: 'make one of 2048 bits',
      see,
    });
  }
  if (bits < 2048) warn(scope, 'DKIM_KEY_WEAK', `${short}, which can be broken`, `rotate to one of 2048 bits, see ${see}`);
}

/** A public key of a kind that DKIM knows; undefined when it is none. */
function read(text: string): KeyObject | undefined {
  if (typeof text !== 'string') return undefined;
  const der = Buffer.from(text.replace(/-----[A-Z ]+-----/g, '').replace(/\s/g, ''), 'base64');
  // The 32 bytes of an Ed25519 key, as they stand in a record, in the structure of RFC 8410.
  const spki = der.length === 32 ? Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), der]) : der;
  try {
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'rsa' || key.asymmetricKeyType === 'ed25519' ? key : undefined;
  } catch {
    return undefined;
  }
}
