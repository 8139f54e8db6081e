import type { Judgement } from '../rule.ts';
import { expectedOfBackups } from './expected-of-backups.test-kit.ts';
import { expectedOfNetworks } from './expected-of-networks.test-kit.ts';
import { expectedOfRegisters } from './expected-of-registers.test-kit.ts';

/**
 * What each rule can say: its reasons by the kind of verdict, and how much each breach may exceed before the verb of the
 * law caps it. Where two are named the facts, or where a number comes from, decide.
 */
export interface Expected {
  compliant: string;
  breached: Readonly<Record<string, string>>;
  'no-evidence': string;
  'not-applicable'?: string;
}

/** @returns the reasons of a kind of verdict. */
export function reasonsFor(expected: Expected, status: Judgement['status']): string[] {
  if (status === 'breached') return Object.keys(expected.breached);
  return expected[status]?.split(' ') ?? [];
}

export const expectedByRule: Readonly<Record<string, Expected>> = {
  ...expectedOfBackups,
  ...expectedOfNetworks,
  ...expectedOfRegisters,
};
