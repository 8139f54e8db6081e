import { isIP } from 'node:net';
import type { ReportProbe } from '../../shared/report-schema.ts';

/** The name of the probe of this machine's own gateway (discover-targets.ts). */
export const gatewayProbeName = 'lan';

/**
 * Keeps a prober whose own cable is out from reporting that every site of the Pemda is down.
 *
 * When nothing at all answers any more, the gateway included, the fault lies on this side, and the prober knows
 * nothing about the others: what it would say on behalf of another department or site becomes `unknown`. It needs the
 * gateway to have answered before in the life of this process, because some gateways never answer ICMP and their
 * silence then means nothing. Results that speak for the agent's own site stay as they are: its own link is down
 * indeed. With a single foreign target the evidence is too thin to overrule the measurement.
 * @param gatewayHasAnswered whether the gateway was up in any earlier round.
 */
export function withOwnUplinkChecked(results: ReportProbe[], gatewayHasAnswered: boolean): ReportProbe[] {
  if (!gatewayHasAnswered) return results;
  const gateway = results.find(({ name }) => name === gatewayProbeName);
  const distant = results.filter(({ target }) => !isLoopback(target));
  const foreignCount = distant.filter(isForeign).length;
  if (gateway?.state !== 'down' || foreignCount <= 1) return results;
  if (distant.some(({ state }) => state === 'up')) return results;
  return results.map((result) => (isForeign(result) && !isLoopback(result.target) ? unknown(result) : result));
}

function isForeign({ pd, site }: ReportProbe): boolean {
  return pd !== undefined || site !== undefined;
}

function isLoopback(target: string): boolean {
  if (target === 'localhost' || target.endsWith('.localhost')) return true;
  return isIP(target) === 4 ? target.startsWith('127.') : target === '::1' || target === '[::1]';
}

function unknown(result: ReportProbe): ReportProbe {
  return { ...result, state: 'unknown', reason: 'own-uplink-down' };
}
