import { Check, Claims, ConfigError, pathOf } from '@ashlar/core';
import type { Construct, IConstruct } from 'constructs';

/** The id of a zone or a vnet: it becomes a part of names of bridges, which Linux limits. @throws PROP_FORMAT, SDN_NAME */
export function sdnName(construct: Construct, what: 'zone' | 'vnet', cluster: IConstruct): string {
  const name = new Check(construct).text(
    `the name of a ${what}`,
    construct.node.id,
    /^[a-z][a-z0-9]{1,7}$/,
    '2 to 8 lower-case letters and digits, a letter first',
    'tenants',
  );
  Claims.of(construct).claim(`sdn ${what} of ${pathOf(cluster)}`, name, construct, holder => {
    return new ConfigError(construct, 'SDN_NAME', `there is already a ${what} ${name}, ${pathOf(holder)}`, { fix: 'choose another id' });
  });
  return name;
}
