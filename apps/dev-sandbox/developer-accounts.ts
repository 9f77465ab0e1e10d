import { type ProxmoxCluster, ProxmoxRole, type ProxmoxStorage, ProxmoxToken, ProxmoxUser, type ProxmoxVm } from '@ashlar/hci';
import { Construct } from 'constructs';

/** Day from which on the tokens cannot be used. */
const EXPIRES = '2027-06-30';

/** What `dev-up` of a developer may do in Proxmox VE: everything with the machines in their own pool, and to others' only what cloning needs. */
export class DeveloperAccounts extends Construct {
  private readonly own: ProxmoxRole;
  private readonly room: ProxmoxRole;
  private readonly source: ProxmoxRole;
  private readonly segment: ProxmoxRole;

  constructor(
    private readonly pve: ProxmoxCluster,
    id: string,
    private readonly props: { readonly storage: ProxmoxStorage },
  ) {
    super(pve, id);
    this.own = new ProxmoxRole(pve, 'DevelopersMachine', {
      privileges: [
        'VM.Allocate',
        'VM.Audit',
        'VM.Config.CDROM',
        'VM.Config.CPU',
        'VM.Config.Cloudinit',
        'VM.Config.Disk',
        'VM.Config.HWType',
        'VM.Config.Memory',
        'VM.Config.Network',
        'VM.Config.Options',
        'VM.Console',
        'VM.PowerMgmt',
      ],
    });
    this.room = new ProxmoxRole(pve, 'DevelopersRoom', { privileges: ['Datastore.AllocateSpace', 'Datastore.Audit'] });
    this.source = new ProxmoxRole(pve, 'DevelopersTemplate', { privileges: ['VM.Audit', 'VM.Clone'] });
    this.segment = new ProxmoxRole(pve, 'DevelopersSegment', { privileges: ['SDN.Use'] });
  }

  /** Gives a developer a token for a machine. Its secret is the output `terraform output` of the state that all share. */
  public add(name: string, machine: ProxmoxVm): void {
    const user = new ProxmoxUser(this.pve, `developer-${name}`, { userId: `${name}@pve` });
    const token = new ProxmoxToken(user, 'dev-up', { expires: EXPIRES });
    const template = machine.template?.for(machine);
    token.grant(this.own, `/pool/${name}`);
    token.grant(this.room, this.props.storage);
    token.grant(this.source, `/vms/${template?.vmId}`);
    for (const { vlan } of machine.nics) token.grant(this.segment, `/sdn/zones/localnetwork/${this.pve.bridge}/${vlan.tag}`);
  }
}
