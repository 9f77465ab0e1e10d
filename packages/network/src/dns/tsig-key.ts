import { Check, Secret } from '@ashlar/core';

export interface TsigKeyProps {
  /** 32 bytes in base 64, as `tsig-keygen` prints them; installed on each server, in a file that only `named` reads. */
  readonly secret: Secret;
}

/** A key that DNS servers sign transfers and notifications with, by HMAC-SHA256. @see RFC 8945 */
export class TsigKey {
  /** @param name the same on every server, e.g. `transfer` */
  public static of(name: string, props: TsigKeyProps): TsigKey {
    const check = new Check('TsigKey');
    check.known(props, ['secret']);
    check.label('the name of a key', name);
    check.instance('secret', props.secret, Secret, "Secret.fromOpenBao('kv/dns', 'transfer')");
    return new TsigKey(name, props.secret);
  }

  public static is(x: unknown): x is TsigKey {
    return typeof x === 'object' && x !== null && KEY in x;
  }

  private constructor(
    public readonly name: string,
    public readonly secret: Secret,
  ) {
    Object.defineProperty(this, KEY, { value: true });
  }

  /** The file that holds `key "<name>" { algorithm hmac-sha256; secret "…"; };`. */
  public get file(): string {
    return `/etc/bind/keys/${this.name}.key`;
  }
}

const KEY = Symbol.for('@ashlar/network.TsigKey');
