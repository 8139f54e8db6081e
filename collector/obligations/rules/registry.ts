import type { Rule } from '../rule.ts';
import { backupInPusatData } from './backup-in-pusat-data.ts';
import { wanReachable } from './wan-reachable.ts';

/** Every rule that a regulation file may name. */
export const rules: readonly Rule[] = [backupInPusatData, wanReachable];

export function ruleNamed(name: string): Rule | undefined {
  return rules.find((rule) => rule.name === name);
}
