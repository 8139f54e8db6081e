import { cleanText } from '../sensors/clean-text.ts';
import { pingUnavailable } from './run-ping.ts';

/** What one packet with a hop limit met with. */
export type HopOutcome =
  | { met: 'target'; address: string; roundTripSeconds?: number }
  | { met: 'router'; address: string }
  /** Somebody says that there is no way on: a router, or this machine itself. */
  | { met: 'unreachable'; address?: string }
  | { met: 'silence' };

const answer = /^\d+ bytes from (\S+?):? icmp_seq=\d+ .*?\btime[=<]([\d.]+) ms/m;
const message = /^From (\S+?):? icmp_seq=\d+ (.*)$/m;
const expired = /^(time to live exceeded|time exceeded: hop limit)/i;
const noWay = /network is (unreachable|down)|no route to host|host is down/i;

/**
 * Reads what the system's ping (`-c 1 -n`) prints.
 * @param ownAddresses of this machine, which speaks up itself when nobody answers for an address on the own network.
 * @throws AppError `ping-unavailable` when it did not ping.
 */
export function parseHop(output: string, ownAddresses: readonly string[]): HopOutcome {
  const answered = answer.exec(output);
  if (answered !== null) {
    const roundTripMs = Number(answered[2]);
    const isSane = roundTripMs >= 0 && roundTripMs < 3_600_000;
    return {
      met: 'target',
      address: addressIn(answered),
      ...(isSane ? { roundTripSeconds: Math.round(roundTripMs * 1000) / 1e6 } : {}),
    };
  }
  const told = message.exec(output);
  if (told !== null) {
    const address = addressIn(told);
    if (expired.test(told[2] ?? '')) return { met: 'router', address };
    return { met: 'unreachable', ...(ownAddresses.includes(address) ? {} : { address }) };
  }
  if (/\d packets transmitted/.test(output)) return { met: 'silence' };
  if (noWay.test(output)) return { met: 'unreachable' };
  const firstLine = output.trim().split('\n')[0] ?? '';
  throw pingUnavailable(`it says "${firstLine.slice(0, 80)}"`);
}

function addressIn(match: RegExpExecArray): string {
  return cleanText(match[1] ?? '', 64) ?? '?';
}
