import { isIP } from 'node:net';
import type { ReportProbe } from '../../shared/report-schema.ts';
import type { OwnLink } from './own-link.ts';

/** The name of the probe of this machine's own gateway (discover-targets.ts). */
export const gatewayProbeName = 'lan';

/**
 * Keeps a prober whose own cable is out from reporting that every site of the Pemda is down: what it would say on
 * behalf of another department or site becomes `unknown`, unless its own uplink is known to work. Each round is judged
 * by itself; a prober that started before its switch has no better round to remember. "Answers" is about targets other
 * than this machine itself:
 *
 * | in this round                                                                  | silent foreign targets |
 * | ------------------------------------------------------------------------------ | ---------------------- |
 * | the gateway or any other target answers                                        | `down`                 |
 * | nothing answers; the gateway answers ARP, on a cable with a carrier            | `down`                 |
 * | nothing answers, the gateway neither                                           | `unknown`              |
 * | no gateway is probed, one single target, silent, and there is a carrier to it  | `down`                 |
 * | no gateway is probed, one single target, silent, no carrier                    | `unknown`              |
 * | no gateway is probed, several targets, all silent                              | `unknown`              |
 *
 * A target that answers badly (a status 503, a certificate that has expired, a router on the way) answers all the same.
 * ARP stands for the gateways that never answer ICMP. Results that speak for the agent's own site stay as they are: its
 * own link is down indeed. A result that is `unknown` already keeps its more precise reason.
 * @param resting other targets, which have no turn in this round: who has several of them does not probe one single one.
 * @param readLink read only when it decides: something foreign is silent and nothing answers.
 * @param isOwn whether an address is one of this machine's; asked only when something foreign is silent.
 */
export function withOwnUplinkChecked(
  results: ReportProbe[],
  resting: readonly string[],
  readLink: (about: LinkQuestion) => OwnLink,
  isOwn: (target: string) => boolean = () => false,
): ReportProbe[] {
  const question = questionOf(results, isOwn);
  if (question === undefined) return results;
  const { gateway, targets } = question;
  const { gatewayAnswersArp, anyCarrier } = readLink(question);
  const isOnly = targets.length === 1 && resting.every((target) => targets.includes(target) || isThisMachine(target));
  if (gateway === undefined ? isOnly && anyCarrier : gatewayAnswersArp) return results;
  return results.map((result) => (isSilentForeign(result) ? unknown(result) : result));
}

export interface LinkQuestion {
  /** Address of the gateway that was probed. */
  gateway: string | undefined;
  /** The silent targets other than the gateway, each once. */
  targets: string[];
}

/** Undefined when there is nothing to ask: a target answers, or no foreign one is silent. */
export function questionOf(
  results: readonly ReportProbe[],
  isOwn: (target: string) => boolean = () => false,
): LinkQuestion | undefined {
  const distant = results.filter(({ target }) => !isThisMachine(target));
  if (!distant.some(isSilentForeign)) return undefined;
  if (distant.some((result) => hasAnswered(result) && !isOwn(result.target))) return undefined;
  const others = distant.filter(({ name, state }) => name !== gatewayProbeName && state === 'down');
  return {
    gateway: distant.find(({ name }) => name === gatewayProbeName)?.target,
    targets: [...new Set(others.map(({ target }) => target))],
  };
}

/** Nobody but the target itself can be the cause of these. */
const reasonsOfAnswers = new Set([
  'no-such-name',
  'no-such-record',
  'query-refused',
  'server-failed',
  'bad-answer',
  'tls-failed',
]);

function hasAnswered({ state, reason, httpStatus, certificate, answers, hops }: ReportProbe): boolean {
  if (state === 'up' || (reason !== undefined && reasonsOfAnswers.has(reason))) return true;
  return [httpStatus, certificate, answers, hops].some((trace) => trace !== undefined);
}

function isSilentForeign({ pd, site, state, target }: ReportProbe): boolean {
  return state === 'down' && (pd !== undefined || site !== undefined) && !isThisMachine(target);
}

export function isThisMachine(target: string): boolean {
  if (target === 'localhost' || target.endsWith('.localhost')) return true;
  return isIP(target) === 4 ? target.startsWith('127.') : target === '::1' || target === '[::1]';
}

function unknown(result: ReportProbe): ReportProbe {
  return { ...result, state: 'unknown', reason: 'own-uplink-down' };
}
