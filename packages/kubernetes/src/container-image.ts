import { ConfigError } from '@ashlar/core';
import type { IConstruct } from 'constructs';

/**
 * A container image that stays the same image: by tag, better by digest, because a tag can be moved.
 *
 * `ContainerImage.of('ghcr.io/example/shop', '1.4.2', 'sha256:…')`
 */
export class ContainerImage {
  /**
   * @param repository registry, path and name, without tag: `ghcr.io/example/shop`
   * @param tag never `latest`
   * @param digest `sha256:` and 64 hexadecimal digits, as `crane digest <image>` or the registry's page shows it
   * @throws IMAGE_REFERENCE, IMAGE_NOT_PINNED
   */
  public static of(repository: string, tag: string, digest?: string): ContainerImage {
    return ContainerImage.parse(`${repository}:${tag}${digest === undefined ? '' : `@${digest}`}`, 'ContainerImage.of');
  }

  /**
   * Reads `registry/name:tag`, `registry/name@sha256:…` or both.
   * @throws IMAGE_REFERENCE, IMAGE_NOT_PINNED
   */
  public static parse(reference: string, at: IConstruct | string = 'ContainerImage.parse'): ContainerImage {
    const parts = typeof reference === 'string' ? REFERENCE.exec(reference)?.groups : undefined;
    if (!parts) {
      throw new ConfigError(
        at,
        'IMAGE_REFERENCE',
        'image must be repository:tag, with @sha256:… and 64 hexadecimal digits when it has a digest',
        {
          got: reference,
          fix: "write it like ContainerImage.of('ghcr.io/example/shop', '1.4.2', 'sha256:…')",
          see: 'https://github.com/distribution/reference',
        },
      );
    }
    if (!parts.digest && (!parts.tag || parts.tag === 'latest')) {
      throw new ConfigError(
        at,
        'IMAGE_NOT_PINNED',
        'image may be another one tomorrow: it has neither a digest nor a tag other than latest',
        {
          got: reference,
          fix: `write ContainerImage.of('${parts.repository}', '1.4.2', 'sha256:…')`,
        },
      );
    }
    return new ContainerImage(reference, parts.digest);
  }

  public static is(x: unknown): x is ContainerImage {
    return typeof x === 'object' && x !== null && MARKER in x;
  }

  private constructor(
    private readonly reference: string,
    /** `sha256:…`; undefined when only a tag says which image it is. */
    public readonly digest: string | undefined,
  ) {
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** The registry that it is pulled from, without port: `ghcr.io`, or `docker.io` where none is named. */
  public get registry(): string {
    const [first = '', ...rest] = this.reference.split('/');
    const named = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
    return named ? (first.split(':')[0] as string).toLowerCase() : 'docker.io';
  }

  /** As a container runtime pulls it. */
  public toString(): string {
    return this.reference;
  }
}

const MARKER = Symbol.for('@ashlar/kubernetes.ContainerImage');

const COMPONENT = '[a-z0-9]+(?:(?:\\.|_{1,2}|-+)[a-z0-9]+)*';
const REFERENCE = new RegExp(
  `^(?<repository>(?:[a-zA-Z0-9.-]+(?::\\d+)?/)?${COMPONENT}(?:/${COMPONENT})*)(?::(?<tag>\\w[\\w.-]{0,127}))?(?:@(?<digest>sha256:[a-f0-9]{64}))?$`,
);
