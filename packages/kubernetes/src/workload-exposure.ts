import { Check, type IServing, type Port } from '@ashlar/core';
import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { Construct } from 'constructs';
import { IngressController } from './ingress-controller';
import type { Workload } from './workload';

export interface WorkloadExposureProps {
  /** DNS name under which it is reached, e.g. `shop.cloud.example.net`. */
  readonly host: string;
  /** @default `/` */
  readonly path?: string;
  /** Secret of type kubernetes.io/tls with the certificate, in the workload's namespace. @default - the workload's name and `-tls` */
  readonly tlsSecret?: string;
  /** @default IngressController.K3S_TRAEFIK */
  readonly controller?: IngressController;
}

/** An HTTPS address of a workload outside the cluster, and the passage for the ingress controller through its network policy. */
export class WorkloadExposure extends Construct implements IServing {
  public readonly host: string;

  /** Call `workload.expose(…)` instead. @throws PROP_FORMAT, PROP_TYPE, PROP_UNKNOWN */
  constructor(workload: Workload, id: string, port: Port, props: WorkloadExposureProps) {
    super(workload, id);
    const check = new Check(this);
    check.known(props, ['host', 'path', 'tlsSecret', 'controller']);
    this.host = check.text('host', props.host, HOST, 'a lower-case DNS name', 'shop.cloud.example.net');
    const path = check.text('path', props.path ?? '/', /^\/\S*$/, 'a path that starts with /', '/api');
    const secretName = check.label('tlsSecret', props.tlsSecret ?? `${workload.name}-tls`);
    const controller = check.instance(
      'controller',
      props.controller ?? IngressController.K3S_TRAEFIK,
      IngressController,
      'IngressController.K3S_TRAEFIK',
    );

    new k8s.KubeIngress(this, 'Resource', {
      metadata: { name: id === 'expose' ? workload.name : `${workload.name}-${id.slice('expose-'.length)}` },
      spec: {
        ingressClassName: controller.className,
        tls: [{ hosts: [this.host], secretName }],
        rules: [
          {
            host: this.host,
            http: { paths: [{ path, pathType: 'Prefix', backend: { service: { name: workload.name, port: { number: port.from } } } }] },
          },
        ],
      },
    });
    workload.networkPolicy.openIngress({ peer: controller.pods, ports: [port] });
  }

  public get serves(): readonly string[] {
    return [this.host];
  }
}

const HOST = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/;
