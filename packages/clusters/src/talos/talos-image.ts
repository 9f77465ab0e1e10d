import { createHash } from 'node:crypto';
import { Check, ConfigError, toYaml, type Version } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { extensionsOf } from './system-extensions';
import { minorOf, TALOS_RELEASES } from './talos-releases';

const PLATFORMS = ['metal', 'nocloud', 'aws', 'azure', 'gcp', 'hcloud', 'openstack', 'vmware'] as const;

export interface TalosImageProps {
  /** What the image runs on: `metal`, or `nocloud` on Proxmox, Harvester and others that hand over cloud-init. */
  readonly platform: (typeof PLATFORMS)[number];
  /** Official system extensions by their short names, e.g. `iscsi-tools`. @default - none */
  readonly extensions?: readonly string[];
  /** Arguments of the kernel's command line, which are a part of the image. @default - none */
  readonly kernelArguments?: readonly string[];
  /** Signed by the keys of the factory, for machines that boot nothing else. @default false */
  readonly secureBoot?: boolean;
}

/**
 * An image of Talos as its factory makes it: a schematic, which is named by the hash of its text.
 * @see https://docs.siderolabs.com/talos/v1.13/learn-more/image-factory
 */
export class TalosImage {
  public readonly platform: string;
  /** What the factory is given. */
  public readonly schematic: string;
  /** What the factory calls it. */
  public readonly schematicId: string;
  public readonly kernelArguments: readonly string[];
  private readonly secureBoot: boolean;

  /** @throws TALOS_EXTENSION, PROP_* */
  constructor(
    scope: IConstruct,
    props: TalosImageProps,
    private readonly talos: Version,
  ) {
    const check = new Check(scope);
    check.known(check.present('image', props, "{ platform: 'nocloud' }"), ['platform', 'extensions', 'kernelArguments', 'secureBoot']);
    this.platform = check.choice('image.platform', props.platform, PLATFORMS);
    this.secureBoot = check.boolean('image.secureBoot', props.secureBoot ?? false);
    this.kernelArguments = props.kernelArguments ?? [];
    for (const argument of this.kernelArguments)
      check.text('image.kernelArguments', argument, /^\S+$/, 'one argument each', 'net.ifnames=0');
    const extensions = [...new Set(props.extensions ?? [])].sort();
    for (const extension of extensions) refuseUnknown(scope, extension, talos);
    const customization = {
      ...(this.kernelArguments.length > 0 && { extraKernelArgs: this.kernelArguments }),
      ...(extensions.length > 0 && { systemExtensions: { officialExtensions: extensions.map(name => `siderolabs/${name}`) } }),
    };
    this.schematic = toYaml({ customization });
    this.schematicId = createHash('sha256').update(canonical(this.schematic)).digest('hex');
  }

  /** What a machine installs itself from, and is upgraded with: of `talos`, or of another release on the way to it. */
  public installer(release: string = String(this.talos)): string {
    return `factory.talos.dev/${this.platform}-installer${this.secureBoot ? '-secureboot' : ''}/${this.schematicId}:${release}`;
  }
}

/**
 * The text that the factory hashes: the same, indented by four, lists too.
 * @see https://github.com/siderolabs/image-factory/blob/main/pkg/schematic/schematic.go
 */
function canonical(yaml: string): string {
  return yaml.replace(/^ +/gm, indent => indent.repeat(2));
}

function refuseUnknown(scope: IConstruct, extension: string, talos: Version): void {
  const minor = minorOf(talos);
  const known = extensionsOf(minor);
  if (known.includes(extension)) return;
  const later = TALOS_RELEASES.find(release => extensionsOf(release.minor).includes(extension));
  const short = String(extension).replace(/^siderolabs\//, '');
  const like = known.includes(short) ? short : (known.find(name => name.includes(short) || short.includes(name)) ?? 'qemu-guest-agent');
  const since = later ? `, it came with ${later.minor}` : '';
  throw new ConfigError(scope, 'TALOS_EXTENSION', `Talos ${minor} has no system extension ${extension}${since}`, {
    fix: later ? 'leave it out, or take a later release of Talos' : `write its short name, such as '${like}'`,
    see: 'https://github.com/siderolabs/extensions',
  });
}
