import { createHash } from 'node:crypto';
import type { ClusterPlan, MachineRole } from './cluster-plan';

/**
 * The name of a template: templates never change, so another content is another template, and Cluster API replaces the machines that
 * came from the old one.
 */
export function templateName(plan: ClusterPlan, role: MachineRole, spec: unknown): string {
  return `${plan.name}-${role}-${createHash('sha256').update(JSON.stringify(spec)).digest('hex').slice(0, 8)}`;
}
