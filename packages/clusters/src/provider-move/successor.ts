import { type BootFile, ConfigError, pathOf, Secret } from '@ashlar/core';
import type { NodePool } from '../node-pool/node-pool';
import type { PoolMember } from '../node-pool/pool-member';

/**
 * Gives each new member the first boot of an old one that joins the cluster, with its own name, address and zone.
 * @throws MOVE_FIRST_BOOT when no old member joins
 */
export function succeed(from: NodePool, to: NodePool): void {
  const joining = from.members.find(member => member.firstBoot.files.some(isJoining));
  if (!joining) {
    throw new ConfigError(
      to,
      'MOVE_FIRST_BOOT',
      `no member of ${pathOf(from)} joins a cluster at its first boot, so this has nothing to do as they do`,
      {
        fix: 'make the move after the cluster, of two servers or more',
      },
    );
  }
  const { packages, files, commands, repositories } = joining.firstBoot;
  const common = new Set(['nftables', 'systemctl enable --now nftables']);
  for (const member of to.members) {
    const own = rewriter(joining, member);
    member.firstBoot.install(...packages.filter(name => !common.has(name)));
    for (const [name, repository] of repositories) member.firstBoot.repository(name, repository);
    for (const { path, content, mode } of files) member.firstBoot.file(path, Secret.is(content) ? content : own(content), mode);
    for (const command of commands) if (!common.has(command)) member.firstBoot.run(own(command));
  }
}

function isJoining({ path, content }: BootFile): boolean {
  return path === '/etc/rancher/k3s/config.yaml' && typeof content === 'string' && /^server: /m.test(content);
}

function rewriter(old: PoolMember, member: PoolMember): (text: string) => string {
  const words: readonly (readonly [RegExp, string])[] = [
    [word(old.hostName), member.hostName],
    [word(old.address), member.address],
    [word(old.zone.name), member.zone.name],
  ];
  return text => words.reduce((all, [from, to]) => all.replaceAll(from, to), text);
}

function word(text: string): RegExp {
  return new RegExp(`(?<![\\w.-])${text.replaceAll('.', '\\.')}(?![\\w.-])`, 'g');
}
