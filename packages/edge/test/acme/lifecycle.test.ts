import { needOf, Port } from '@ashlar/core';
import { Internet } from '@ashlar/network';
import { AcmeChallenge, AcmeIssuer, AcmeServer, Certificate } from '../../src';
import { lab, served } from '../lab';

test('a certificate is waited for once its object is there, and needs the way by which the authority asks', () => {
  const { edge, site, gateway: make } = lab();
  const gateway = make();
  gateway.connections.allowFrom(Internet.of(site), Port.tcp(80));
  const challenge = AcmeChallenge.http01(gateway);
  const issuer = new AcmeIssuer(edge, 'letsencrypt', { server: AcmeServer.LETS_ENCRYPT, email: 'ops@example.net', challenge });
  const { lifecycle } = new Certificate(edge, 'shop', { issuer, hosts: ['shop.example.net'] });
  expect(lifecycle.startsAfter.map(need => needOf(need))).toEqual([{ on: edge, for: 'its object' }]);
  expect(lifecycle.uses).toEqual([
    { name: 'acme-v02.api.letsencrypt.org', for: 'the authority that signs it' },
    { name: '10.20.0.1', for: 'the way by which the authority asks' },
  ]);
  expect(lifecycle.start?.map(step => [step.title, step.check])).toEqual([
    [
      'Wait for the certificate of shop.example.net',
      {
        command: [
          ...['kubectl', '--context', 'prod', '--namespace', 'edge'],
          ...['wait', 'certificates.cert-manager.io/shop', '--for=condition=Ready', '--timeout=10s'],
        ],
      },
    ],
  ]);
});

test('a challenge by a record needs the server that it is written to', () => {
  const { site } = served();
  const certificate = site.findAll().find(Certificate.isCertificate) as Certificate;
  expect(certificate.lifecycle.uses).toContainEqual({ name: '10.20.0.2', for: 'the record that the authority asks for' });
});
