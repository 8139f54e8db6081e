import { isIP } from 'node:net';
import { systemClock } from '../../../shared/clock.ts';
import { type Attempt } from './attempt-several-times.ts';
import { addPhase, bareHost } from './open-connection.ts';

/** The one address of a host that is spoken to, IPv4 first. @throws the system's error. */
export async function resolveHost(attempt: Attempt, host: string): Promise<string> {
  const bare = bareHost(host);
  if (isIP(bare) !== 0) return bare;
  const dns = process.getBuiltinModule('node:dns');
  const { timeoutReason } = attempt;
  attempt.timeoutReason = 'name-not-resolved';
  const beganAtMs = systemClock.monotonicMs();
  const { address } = await dns.promises.lookup(bare, { order: 'ipv4first' });
  attempt.timeoutReason = timeoutReason;
  addPhase(attempt, 'resolveSeconds', systemClock.monotonicMs() - beganAtMs);
  return address;
}
