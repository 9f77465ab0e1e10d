import { Check } from '@ashlar/core';
import { Host } from '../segments/host';

/** A place that receives a copy of the configuration after every commit. */
export class CommitArchive {
  /**
   * A folder of a server, by SFTP, with the key of the gateway's root user.
   * @param path absolute, e.g. `/srv/vyos`
   */
  public static sftp(host: Host, user: string, path: string): CommitArchive {
    const check = new Check('CommitArchive.sftp');
    check.instance('host', host, { name: 'Host', is: Host.isHost }, "servers.host('backup')");
    check.text('user', user, /^[a-z_][a-z0-9_-]{0,31}$/, 'a user name, without a password', 'vyos');
    check.text('path', path, /^(\/[\w.-]+)+$/, 'an absolute path', '/srv/vyos');
    return new CommitArchive(host, `sftp://${user}@${host.ip}${path}`);
  }

  public static is(x: unknown): x is CommitArchive {
    return typeof x === 'object' && x !== null && ARCHIVE in x;
  }

  private constructor(
    public readonly host: Host,
    public readonly url: string,
  ) {
    Object.defineProperty(this, ARCHIVE, { value: true });
  }
}

const ARCHIVE = Symbol.for('@ashlar/network.CommitArchive');
