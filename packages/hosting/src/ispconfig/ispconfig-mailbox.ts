import { Check, ConfigError, Secret, Size, vacant } from '@ashlar/core';
import { Construct } from 'constructs';
import { type IIspConfigObject, type IspConfigCall, OBJECT, reference } from './ispconfig-call';
import { IspConfigMailDomain } from './ispconfig-mail-domain';

export interface IspConfigMailboxProps {
  /** Name of the person. */
  readonly name: string;
  readonly password: Secret;
  /** Space that the mailbox may take. */
  readonly quota: Size;
}

/** A mailbox. The id is the part left of the @. */
export class IspConfigMailbox extends Construct implements IIspConfigObject {
  public readonly email: string;
  private readonly mailDomain: IspConfigMailDomain;
  private readonly props: IspConfigMailboxProps;

  /** @throws ISPCONFIG_SCOPE, and the errors of {@link Check} */
  constructor(scope: IspConfigMailDomain, localPart: string, props: IspConfigMailboxProps) {
    super(vacant(scope, localPart), localPart);
    Object.defineProperty(this, OBJECT, { value: true });
    if (!IspConfigMailDomain.isIspConfigMailDomain(scope)) {
      throw new ConfigError(this, 'ISPCONFIG_SCOPE', 'a mailbox belongs to a mail domain', {
        fix: `write new IspConfigMailbox(mailDomain, '${localPart}', …)`,
      });
    }
    const check = new Check(this);
    check.known(props, ['name', 'password', 'quota']);
    check.text('the id of a mailbox', localPart, /^[a-z0-9]([\w.-]{0,61}[a-z0-9])?$/, 'the lower-case part left of the @', 'jo');
    check.text('name', props.name, /^[^<>]{1,255}$/, 'the name of a person', 'Jo Doe');
    check.instance('password', props.password, Secret, "Secret.fromOpenBao('kv/mailboxes', 'jo')");
    check.instance('quota', props.quota, Size, 'Size.gibibytes(5)');
    this.mailDomain = scope;
    this.email = `${localPart}@${scope.domain}`;
    this.props = props;
  }

  public calls(): readonly IspConfigCall[] {
    const { domain, client } = this.mailDomain;
    const params = {
      server_id: client.server.serverId,
      email: this.email,
      login: this.email,
      password: reference(this.props.password),
      name: this.props.name,
      // The panel puts its own numbers and folders in the place of these.
      uid: -1,
      gid: -1,
      maildir: `/var/vmail/${domain}/${this.node.id}`,
      homedir: '/var/vmail',
      quota: this.props.quota.toBytes(),
      cc: '',
      autoresponder: 'n',
      autoresponder_start_date: '',
      autoresponder_end_date: '',
      autoresponder_text: '',
      autoresponder_subject: '',
      move_junk: 'y',
      custom_mailfilter: '',
      postfix: 'y',
      access: 'y',
      disableimap: 'n',
      disablepop3: 'n',
      disabledeliver: 'n',
      disablesmtp: 'n',
    } as const;
    return [{ key: `mail_user/${this.email}`, function: 'mail_user_add', client: client.owner, params }];
  }
}
