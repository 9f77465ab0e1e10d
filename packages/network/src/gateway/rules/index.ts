import type { Rule } from '@ashlar/core';
import { ASYMMETRIC_ROUTE } from './asymmetric-route';
import { FLOW_FORWARD } from './flow-forward';
import { FLOW_NO_PATH } from './flow-no-path';
import { FLOW_SHADOWED } from './flow-shadowed';
import { MANAGEMENT_LOCKOUT } from './management-lockout';
import { ZONE_NAME } from './zone-name';
import { ZONE_UNROUTED } from './zone-unrouted';

/** Rules over the gateways of a site, whoever made them. */
export const GATEWAY_RULES: readonly Rule[] = [
  ASYMMETRIC_ROUTE,
  FLOW_FORWARD,
  FLOW_NO_PATH,
  FLOW_SHADOWED,
  MANAGEMENT_LOCKOUT,
  ZONE_NAME,
  ZONE_UNROUTED,
];
