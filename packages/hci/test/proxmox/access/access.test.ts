import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { acknowledge, Secret, Version } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { BackupJob, ProxmoxRole, ProxmoxToken, ProxmoxUser, ProxmoxVm, Schedule, SdnVnet, SdnZone } from '../../../src';
import { privilegesOf } from '../../../src/proxmox/access/privilege';
import { KINDS } from '../../../src/proxmox/access/terraform-privileges';
import { GUEST, lab } from '../../lab';
import { refuses } from '../refuses';
import { resourcesOf } from '../resources';

/** A user with a token of a day, and a role of its own. */
function operator() {
  const all = lab();
  const user = new ProxmoxUser(all.pve, 'operator', { userId: 'operator@pve' });
  const role = new ProxmoxRole(all.pve, 'Operator', { privileges: ['VM.PowerMgmt', 'VM.Audit'] });
  return { ...all, user, role };
}

test('a role has what it was given, in one order', () => {
  const { site } = operator();
  expect(resourcesOf(site, 'proxmox_virtual_environment_role')).toEqual([
    { role_id: 'Operator', privileges: ['VM.Audit', 'VM.PowerMgmt'] },
  ]);
});

test('Terraform gets what the kinds of resource in its state need, and no more', () => {
  const { site, pve, servers, debian, disks } = lab();
  const role = new ProxmoxRole(pve, 'Terraform', { privileges: 'terraform' });
  expect(role.privileges).toEqual([
    'Datastore.Allocate',
    'Datastore.Audit',
    'Permissions.Modify',
    'Realm.AllocateUser',
    'Sys.Audit',
    'Sys.Modify',
    'User.Modify',
    'VM.Audit',
    'VM.Config.Network',
  ]);
  new ProxmoxVm(pve, 'web', { ...GUEST, node: 'pve-01', host: servers.host('web', 20), template: debian, storage: disks, stateful: false });
  const rendered = resourcesOf(site, 'proxmox_virtual_environment_role')[0]?.privileges as string[];
  expect(rendered).toEqual(expect.arrayContaining(['VM.Allocate', 'VM.Clone', 'VM.Config.Disk', 'Datastore.AllocateTemplate']));
  expect(rendered).toEqual(role.privileges);
  for (const unused of ['SDN.Allocate', 'Sys.PowerMgmt', 'VM.Backup', 'Pool.Allocate']) expect(rendered).not.toContain(unused);
  new SdnZone(pve, 'tenants', { type: 'vlan' });
  new BackupJob(pve, 'nightly', { schedule: Schedule.daily('02:30') });
  expect(role.privileges).toEqual(expect.arrayContaining(['SDN.Allocate', 'VM.Backup']));
});

test('every kind of resource that there is says what it needs, and nothing that Proxmox VE does not have', () => {
  const kinds = JSON.parse(readFileSync(join(__dirname, '../../../../provider-proxmox/bindings.json'), 'utf8')).resources as string[];
  expect(kinds.filter(kind => !(kind in KINDS))).toEqual([]);
  const known = new Set([...privilegesOf(Version.of('8.4')), ...privilegesOf(Version.of('9.1'))]);
  expect(
    Object.values(KINDS)
      .flat()
      .filter(privilege => !known.has(privilege)),
  ).toEqual([]);
});

test('the agent of guests is asked with another privilege before version 9', () => {
  const roleOf = (version: string) => new ProxmoxRole(lab({ version: Version.of(version) }).pve, 'Capmox', { privileges: 'cluster-api' });
  expect(roleOf('8.4').privileges).toContain('VM.Monitor');
  expect(roleOf('9.1').privileges).not.toContain('VM.Monitor');
  expect(roleOf('9.1').privileges).toContain('VM.GuestAgent.Unrestricted');
});

test('who makes backups can neither restore nor remove them', () => {
  const { privileges } = new ProxmoxRole(lab().pve, 'Backup', { privileges: 'backup' });
  expect(privileges).toEqual(['Datastore.AllocateSpace', 'Datastore.Audit', 'VM.Audit', 'VM.Backup']);
});

test('a role is given at the path of what is passed', () => {
  const { site, pve, servers, debian, disks, user, role } = operator();
  const web = new ProxmoxVm(pve, 'web', {
    ...GUEST,
    node: 'pve-01',
    host: servers.host('web', 20),
    template: debian,
    stateful: false,
    vmId: 120,
  });
  const zone = new SdnZone(pve, 'tenants', { type: 'vlan' });
  const vnet = new SdnVnet(zone, 'extra', { tag: 30 });
  user.grant('PVEAuditor', pve);
  for (const at of [pve.nodes[0], web, disks, zone, vnet, '/pool/web'] as const) user.grant(role, at as never, { propagate: false });
  const acls = resourcesOf(site, 'proxmox_acl');
  expect(acls.map(acl => acl.path).sort()).toEqual([
    '/',
    '/nodes/pve-01',
    '/pool/web',
    '/sdn/zones/tenants',
    '/sdn/zones/tenants/extra',
    '/storage/tank',
    '/vms/120',
  ]);
  expect(acls.find(acl => acl.path === '/')).toMatchObject({ role_id: 'PVEAuditor', user_id: 'operator@pve', propagate: true });
  expect(acls.find(acl => acl.path === '/vms/120')).toMatchObject({
    role_id: 'Operator',
    propagate: false,
    depends_on: [expect.any(String), expect.any(String)],
  });
});

test('a token may do nothing that it and its user were not given, and expires', () => {
  const { site, pve, user, role } = operator();
  const token = new ProxmoxToken(user, 'power', { expires: '2027-06-30' });
  token.grant(role, pve);
  expect(resourcesOf(site, 'proxmox_user_token')).toMatchObject([
    { user_id: 'operator@pve', token_name: 'power', privileges_separation: true, expiration_date: '2027-06-30T00:00:00Z' },
  ]);
  expect(resourcesOf(site, 'proxmox_acl').map(({ user_id, token_id }) => user_id ?? token_id)).toEqual([
    'operator@pve',
    'operator@pve!power',
  ]);
  expect(Testing.findings(site)).toEqual([]);
});

test('the secret of a token is a sensitive output, and in no file', () => {
  const { site, user } = operator();
  const token = new ProxmoxToken(user, 'power', { expires: '2027-06-30' });
  const text = Testing.files(site)['terraform/hypervisors/cdk.tf.json'] as string;
  expect(JSON.parse(text).output[token.outputName]).toEqual({
    value: expect.stringMatching(/^\$\{proxmox_user_token\.\w+\.value\}$/),
    sensitive: true,
  });
  expect(token.outputName).toBe('operator_pve_power');
});

test('a token without an end is a warning, which can be acknowledged', () => {
  const { site, user } = operator();
  const token = new ProxmoxToken(user, 'power');
  expect(Testing.findings(site)).toEqual([
    "warning [lab/hypervisors/pve/operator/power] can be used for ever, by whoever has got it; write expires: '2027-06-30', and renew it before (TOKEN_NEVER_EXPIRES)",
  ]);
  acknowledge(token, 'TOKEN_NEVER_EXPIRES', 'kept in the vault of the operators only');
  expect(Testing.findings(site)).toEqual([]);
});

test('a password is a sensitive variable', () => {
  const { site, pve } = lab();
  new ProxmoxUser(pve, 'ops', { userId: 'ops@pve', password: Secret.fromTerraformVariable('ops_password'), email: 'ops@example.net' });
  expect(resourcesOf(site, 'proxmox_virtual_environment_user')).toEqual([
    {
      user_id: 'ops@pve',
      enabled: true,
      comment: 'managed by Ashlar: lab/hypervisors/pve/ops',
      email: 'ops@example.net',
      password: expect.stringMatching(/^\$\{var\.ops_password\}$/),
    },
  ]);
});

test('a comment is no template of Terraform', () => {
  const { site, pve } = lab();
  new ProxmoxUser(pve, 'ops', { userId: 'ops@pve', comment: 'costs ${HOME}' });
  expect(resourcesOf(site, 'proxmox_virtual_environment_user')[0]).toMatchObject({ comment: 'costs $${HOME}' });
});

test('a user that is there already is given what its token is given', () => {
  const { site, pve } = lab();
  const ldap = ProxmoxUser.fromUserId(pve, 'exporter', 'exporter@ldap');
  new ProxmoxToken(ldap, 'metrics', { expires: '2027-06-30' }).grant('PVEAuditor', '/vms');
  expect(
    resourcesOf(site, 'proxmox_acl')
      .map(({ user_id, token_id }) => user_id ?? token_id)
      .sort(),
  ).toEqual(['exporter@ldap', 'exporter@ldap!metrics']);
});

test('root@pam is not managed, and the first run has a token of it', () => {
  const { site, pve } = lab();
  const root = ProxmoxUser.fromUserId(pve, 'root', 'root@pam');
  new ProxmoxToken(root, 'first', { expires: '2027-01-01', because: 'the first run, which creates the others' });
  expect(resourcesOf(site, 'proxmox_virtual_environment_user')).toEqual([]);
  expect(resourcesOf(site, 'proxmox_user_token')).toMatchObject([{ user_id: 'root@pam' }]);
});

test('Administrator of everything has a reason', () => {
  const { site, pve, user } = operator();
  user.grant('Administrator', pve, { because: 'the account for emergencies' });
  expect(resourcesOf(site, 'proxmox_acl')).toMatchObject([{ path: '/', role_id: 'Administrator' }]);
});

test('a path at which nothing of the program is, is a warning', () => {
  const { site, user, role } = operator();
  user.grant(role, '/storage/tenk');
  user.grant(role, '/vms/4711');
  user.grant(role, '/pool/web');
  expect(Testing.findings(site)).toEqual([
    'warning [lab/hypervisors/pve/operator/Operator at storage tenk] gives Operator at /storage/tenk, where nothing of this program is; did you mean /storage/tank? Pass the construct itself (ACL_PATH_UNKNOWN)',
    'warning [lab/hypervisors/pve/operator/Operator at vms 4711] gives Operator at /vms/4711, where nothing of this program is; pass the construct itself, or acknowledge what somebody else keeps there (ACL_PATH_UNKNOWN)',
  ]);
});

test('the template of a guest, and the segment of its port, are of the program', () => {
  const all = lab();
  const web = new ProxmoxVm(all.pve, 'web', {
    ...GUEST,
    node: 'pve-01',
    host: all.servers.host('web'),
    template: all.debian,
    stateful: false,
  });
  const user = new ProxmoxUser(all.pve, 'operator', { userId: 'operator@pve', expires: '2027-01-01' });
  const role = new ProxmoxRole(all.pve, 'Operator', { privileges: ['VM.Clone', 'SDN.Use'] });
  user.grant(role, `/vms/${all.debian.for(web).vmId}`);
  user.grant(role, '/sdn/zones/localnetwork/vmbr0/20');
  expect(Testing.findings(all.site)).toEqual([]);
});

describe('a role', () => {
  const roleOf = (privileges: unknown, id = 'Operator', version = '9.1') =>
    new ProxmoxRole(lab({ version: Version.of(version) }).pve, id, { privileges: privileges as never });
  refuses(
    'a misspelt privilege',
    () => roleOf(['VM.PowerMgt']),
    '[lab/hypervisors/pve/Operator] there is no such privilege, got "VM.PowerMgt"; did you mean VM.PowerMgmt? (PRIVILEGE_UNKNOWN)',
  );
  refuses(
    'a privilege that is none',
    () => roleOf(['root']),
    '[lab/hypervisors/pve/Operator] there is no such privilege, got "root"; write it like VM.Audit, see https://pve.proxmox.com/wiki/User_Management (PRIVILEGE_UNKNOWN)',
  );
  refuses(
    'a privilege that went with version 9',
    () => roleOf(['VM.Monitor']),
    '[lab/hypervisors/pve/Operator] Proxmox VE 9.1 does not have the privilege VM.Monitor; write VM.GuestAgent.Audit, which took its place (PRIVILEGE_VERSION)',
  );
  refuses(
    'a privilege that came with version 9',
    () => roleOf(['VM.GuestAgent.Audit'], 'Operator', '8.4'),
    '[lab/hypervisors/pve/Operator] Proxmox VE 8.4 does not have the privilege VM.GuestAgent.Audit; leave it out until the nodes run version 9 (PRIVILEGE_VERSION)',
  );
  refuses(
    'no privilege',
    () => roleOf([]),
    "[lab/hypervisors/pve/Operator] privileges is empty; write privileges: ['VM.Audit'] (PROP_EMPTY)",
  );
  refuses(
    'nothing about privileges',
    () => roleOf(undefined),
    "[lab/hypervisors/pve/Operator] privileges is missing; write privileges: ['VM.Audit'] (PROP_MISSING)",
  );
  refuses(
    'a purpose that there is not',
    () => roleOf('ansible'),
    `[lab/hypervisors/pve/Operator] privileges must be one of terraform, cluster-api, backup, got "ansible"; write privileges: 'terraform' (PROP_CHOICE)`,
  );
  refuses(
    'the name of a built-in role',
    () => roleOf(['VM.Audit'], 'PVEVMUser'),
    '[lab/hypervisors/pve/PVEVMUser] the names that begin with PVE, and Administrator and NoAccess, are those of built-in roles, got "PVEVMUser"; choose another id (ROLE_NAME)',
  );
  refuses(
    'a name with a space',
    () => roleOf(['VM.Audit'], 'VM Operator'),
    '[lab/hypervisors/pve/VM Operator] the name of a role must be letters, digits, dots, dashes and underscores, got "VM Operator"; write it like Operator (PROP_FORMAT)',
  );
  refuses(
    'a name that is taken',
    () => {
      const { pve, user } = operator();
      new ProxmoxRole(user, 'Operator', { privileges: ['VM.Audit'] });
      expect(pve).toBeDefined();
    },
    '[lab/hypervisors/pve/operator/Operator] there is already a role Operator, lab/hypervisors/pve/Operator; choose another id (ROLE_NAME)',
  );
});

describe('a user', () => {
  const userOf = (props: object) => new ProxmoxUser(lab().pve, 'operator', props as never);
  refuses('no id', () => userOf({}), "[lab/hypervisors/pve/operator] userId is missing; write userId: 'operator@pve' (PROP_MISSING)");
  refuses(
    'no realm',
    () => userOf({ userId: 'operator' }),
    `[lab/hypervisors/pve/operator] userId has no realm, got "operator"; write userId: 'operator@pve' (USER_REALM)`,
  );
  refuses(
    'a name with a colon',
    () => userOf({ userId: 'a:b@pve' }),
    '[lab/hypervisors/pve/operator] userId must be a name and a realm, got "a:b@pve"; write it like backup@pve (PROP_FORMAT)',
  );
  refuses(
    'a password in plain text',
    () => userOf({ userId: 'operator@pve', password: 'hunter2hunter2' }),
    "[lab/hypervisors/pve/operator] a password would stand in the output as text; write password: Secret.fromTerraformVariable('operator_password') (USER_PASSWORD)",
  );
  refuses(
    'a password of another realm',
    () => userOf({ userId: 'operator@pam', password: Secret.fromTerraformVariable('operator_password') }),
    '[lab/hypervisors/pve/operator] the passwords of pam are not kept by Proxmox VE; leave password out, or write userId with the realm pve (USER_PASSWORD)',
  );
  refuses(
    'root as one of its own',
    () => userOf({ userId: 'root@pam' }),
    "[lab/hypervisors/pve/operator] root@pam is there already, and Terraform would take it away; write ProxmoxUser.fromUserId(pve, 'operator', 'root@pam') (USER_ROOT)",
  );
  refuses(
    'an end on no day',
    () => userOf({ userId: 'operator@pve', expires: '2027-02-30' }),
    '[lab/hypervisors/pve/operator] expires is no day of the calendar, got "2027-02-30"; write it like 2027-06-30 (EXPIRES)',
  );
  refuses(
    'an end in words',
    () => userOf({ userId: 'operator@pve', expires: 'next year' }),
    '[lab/hypervisors/pve/operator] expires must be a day, got "next year"; write it like 2027-06-30 (PROP_FORMAT)',
  );
  refuses(
    'an address without a domain',
    () => userOf({ userId: 'operator@pve', email: 'ops' }),
    '[lab/hypervisors/pve/operator] email must be an address, got "ops"; write it like ops@example.net (PROP_FORMAT)',
  );
  refuses(
    'the id of another one',
    () => {
      const { pve } = operator();
      new ProxmoxUser(pve, 'other', { userId: 'operator@pve' });
    },
    '[lab/hypervisors/pve/other] operator@pve is already lab/hypervisors/pve/operator; use that one (USER_TWICE)',
  );
});

describe('a grant', () => {
  const grant = (role: unknown, at: unknown, options?: object) => {
    const { user } = operator();
    user.grant(role as never, at as never, options);
  };
  refuses(
    'a role that is neither ours nor built in',
    () => grant('PVEVMAdmins', '/vms'),
    '[lab/hypervisors/pve/operator] Proxmox VE comes with no such role, got "PVEVMAdmins"; did you mean PVEVMAdmin? (ROLE_UNKNOWN)',
  );
  refuses(
    'a path that there is not',
    () => grant('PVEAuditor', '/vm/100'),
    '[lab/hypervisors/pve/operator] there is no such path in Proxmox VE, got "/vm/100"; pass the construct itself, or write it like /vms/100 (ACL_PATH)',
  );
  refuses(
    'a path of nothing known',
    () => grant('PVEAuditor', 'everything'),
    '[lab/hypervisors/pve/operator] there is no such path in Proxmox VE, got "everything"; pass the construct itself, or write it like /vms/100 (ACL_PATH)',
  );
  refuses(
    'the path of a node of nobody',
    () => grant('PVEAuditor', '/nodes/pve-09'),
    '[lab/hypervisors/pve] has no such node, got "pve-09"; use one of pve-01, pve-02, pve-03 (PROXMOX_NODE_UNKNOWN)',
  );
  refuses(
    'a path as a number',
    () => grant('PVEAuditor', 100),
    '[lab/hypervisors/pve/operator] a role is given for a cluster, a node, a guest, a storage, a zone, a vnet or a path, got 100; pass the construct itself, or write it like /vms/100 (ACL_PATH)',
  );
  refuses(
    'Administrator of everything for no reason',
    () => grant('Administrator', '/'),
    "[lab/hypervisors/pve/operator] may do everything with the whole cluster, for no reason; write because: 'the account for emergencies', or give it a role for what it does (ACL_ADMINISTRATOR)",
  );
  refuses(
    'Administrator of everything for a word',
    () => grant('Administrator', '/', { because: 'needed' }),
    `[lab/hypervisors/pve/operator] may do everything with the whole cluster, for no reason, got "needed"; write because: 'the account for emergencies', or give it a role for what it does (ACL_ADMINISTRATOR)`,
  );
  refuses(
    'an option that there is not',
    () => grant('PVEAuditor', '/vms', { recursive: true }),
    '[lab/hypervisors/pve/operator] there is no property recursive; use one of propagate, because (PROP_UNKNOWN)',
  );
  refuses(
    'the same twice',
    () => {
      const { user, role, pve } = operator();
      user.grant(role, pve);
      user.grant(role, '/');
    },
    '[lab/hypervisors/pve/operator] already has Operator at /; write it once (ACL_TWICE)',
  );
  refuses(
    'what is in another cluster',
    () => {
      const { user } = operator();
      user.grant('PVEAuditor', lab().disks);
    },
    '[lab/hypervisors/pve/operator] is of lab/hypervisors/pve, and lab/hypervisors/pve/tank is not; create a user in each cluster (ACL_CLUSTER)',
  );
  refuses(
    'a role of another cluster',
    () => {
      const { user } = operator();
      user.grant(operator().role, '/vms');
    },
    '[lab/hypervisors/pve/operator] is of lab/hypervisors/pve, and lab/hypervisors/pve/Operator is not; create the role in each cluster (ROLE_CLUSTER)',
  );
});

describe('a token', () => {
  refuses(
    'root for no reason',
    () => new ProxmoxToken(ProxmoxUser.fromUserId(lab().pve, 'root', 'root@pam'), 'first'),
    "[lab/hypervisors/pve/root/first] is a token of root@pam, who may do everything, for no reason; create a user for it, or write because: 'the first run, which creates the user' (TOKEN_ROOT)",
  );
  refuses(
    'all privileges of its user for no reason',
    () => new ProxmoxToken(operator().user, 'power', { privilegeSeparation: false }),
    "[lab/hypervisors/pve/operator/power] may do all that operator@pve may, for no reason; leave privilegeSeparation out, or write because: 'the exporter knows no roles' (TOKEN_PRIVILEGES)",
  );
  refuses(
    'a name that begins with a digit',
    () => new ProxmoxToken(operator().user, '1st'),
    '[lab/hypervisors/pve/operator/1st] the name of a token must be a letter, then letters, digits and . - _, got "1st"; write it like nightly (PROP_FORMAT)',
  );
  refuses(
    'no user',
    () => new ProxmoxToken(lab().pve as never, 'power'),
    "[lab/hypervisors/pve/power] scope must be a ProxmoxUser, got a ProxmoxCluster; write scope: new ProxmoxUser(pve, 'backup', { userId: 'backup@pve' }) (PROP_TYPE)",
  );
  refuses(
    'a role of its own when it has those of its user',
    () => {
      const { user, role, pve } = operator();
      const token = new ProxmoxToken(user, 'power', { privilegeSeparation: false, because: 'the exporter knows no roles' });
      token.grant(role, pve);
    },
    '[lab/hypervisors/pve/operator/power] may do all that operator@pve may, and a role of its own changes nothing; give it to the user, or leave privilegeSeparation out (TOKEN_PRIVILEGES)',
  );
});
