import type { Rule } from '@ashlar/core';
import { SDN_MTU } from './sdn-mtu';
import { SDN_SUBNET_OVERLAP } from './sdn-subnet-overlap';

/** What is checked of every site with a software-defined network. */
export const SDN_RULES: readonly Rule[] = [SDN_MTU, SDN_SUBNET_OVERLAP];
