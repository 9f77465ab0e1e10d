import { Testing } from '@ashlar/core/testing';
import { DynamicUplink } from '../../src';
import type { RestRequest } from '../../src/pfsense/rest-requests';
import { expectGolden } from '../golden';
import { homeLab, PPPOE, pfsenseLab } from './pfsense-lab';

function requestsOf(text: string | undefined): RestRequest[] {
  return JSON.parse(text ?? '[]');
}

describe('the requests to the REST API', () => {
  it('of a gateway that uses everything', () => {
    expectGolden('pfsense/gateway.rest.json', Testing.files(pfsenseLab().site)['devices/pfsense/gateway.rest.json']);
  });

  it('leave an uplink over PPPoE alone, which the package does not know', () => {
    const requests = requestsOf(Testing.files(homeLab(PPPOE()).site)['devices/pfsense/router.rest.json']);
    const changed = requests.filter(({ endpoint }) => endpoint === '/api/v2/interface').map(({ body }) => body);
    expect(changed).toEqual([
      expect.objectContaining({ id: 'lan', if: 'igc1', descr: 'MANAGEMENT', typev6: 'none' }),
      expect.objectContaining({ if: 'igc2', descr: 'PEOPLE', typev6: 'staticv6' }),
    ]);
    expect(requests.filter(({ endpoint }) => endpoint.includes('routing'))).toEqual([]);
  });

  it('set an uplink to DHCP', () => {
    const [wan] = requestsOf(Testing.files(homeLab(DynamicUplink.dhcp()).site)['devices/pfsense/router.rest.json']);
    expect(wan).toEqual({
      method: 'PATCH',
      endpoint: '/api/v2/interface',
      body: { id: 'wan', if: 'igc0', enable: true, blockbogons: true, typev4: 'dhcp', ipaddr: 'dhcp', typev6: 'none' },
    });
  });

  it('leave out what the package has no protocol for, and the file has it', () => {
    const files = Testing.files(pfsenseLab().site);
    expect(files['devices/pfsense/gateway.rest.json']).not.toContain('sctp');
    expect(files['devices/pfsense/gateway.xml']).toContain('<protocol>sctp</protocol>');
  });
});
