import type { PingRow } from '../store/rows.ts';
import type { PingName } from './ping-addresses.ts';

export const pingPath = '/ping/';
export const pushPath = '/api/push/';

/** A call as its address and query say it; nothing of it is looked up or checked against the time yet. */
export interface PingCall {
  /** Whose answers the caller understands. */
  style: 'healthchecks' | 'uptime-kuma';
  name: PingName;
  kind: PingRow['kind'];
  /** Any whole number: what is too large is refused once the address is known. */
  exitStatus: number | undefined;
  rid: string | undefined;
  /** When it happened, as the caller wrote it. */
  ts: string | undefined;
  /** What an Uptime-Kuma push says in words. */
  message: string | undefined;
}

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const slugPattern = /^[-A-Za-z0-9_]+$/;
const exitStatusPattern = /^[0-9]+$/;

export const isPingPath = (path: string): boolean => path.startsWith(pingPath) || path.startsWith(pushPath);

/**
 * @param path percent-encoding left as it is: nothing that we give out has any.
 * @returns undefined when no ping address can look like this.
 */
export function parsePing(path: string, query: URLSearchParams): PingCall | undefined {
  if (path.startsWith(pushPath)) return parsePush(partsBelow(pushPath, path), query);
  const target = path.startsWith(pingPath) ? parseTarget(partsBelow(pingPath, path)) : undefined;
  if (target === undefined) return undefined;
  const { name, action } = target;
  const exitStatus = exitStatusPattern.test(action) ? Number(action) : undefined;
  const asked = { rid: last(query, 'rid'), ts: last(query, 'ts'), message: undefined };
  return { style: 'healthchecks', name, kind: kindOf(action, exitStatus), exitStatus, ...asked };
}

function partsBelow(start: string, path: string): string[] {
  const parts = path.slice(start.length).split('/');
  return parts.at(-1) === '' ? parts.slice(0, -1) : parts;
}

/** `<uuid>[/<action>]` or `<ping-key>/<slug>[/<action>]`; the first of these that fits. */
function parseTarget(parts: readonly string[]): { name: PingName; action: string } | undefined {
  const [first = '', second = '', third = ''] = parts;
  if (uuidPattern.test(first) && (parts.length === 1 || (parts.length === 2 && isAction(second)))) {
    return { name: { uuid: first }, action: second };
  }
  const isSlug = slugPattern.test(first) && slugPattern.test(second);
  if (isSlug && (parts.length === 2 || (parts.length === 3 && isAction(third)))) {
    return { name: { pingKey: first, slug: second }, action: third };
  }
  return undefined;
}

const isAction = (text: string) => ['start', 'fail', 'log'].includes(text) || exitStatusPattern.test(text);

function kindOf(action: string, exitStatus: number | undefined): PingRow['kind'] {
  if (action === 'start' || action === 'fail' || action === 'log') return action;
  return exitStatus === undefined || exitStatus === 0 ? 'success' : 'fail';
}

/** `<token>?status=up|down&msg=…`; what its `ping` says about response times is of no use here. */
function parsePush(parts: readonly string[], query: URLSearchParams): PingCall | undefined {
  const [uuid = ''] = parts;
  if (parts.length !== 1 || uuid === '') return undefined;
  const message = last(query, 'msg') ?? '';
  // An empty one counts as none, as it does there.
  const isUp = (last(query, 'status') || 'up') === 'up';
  const asked = { rid: last(query, 'rid'), ts: last(query, 'ts'), message };
  return { style: 'uptime-kuma', name: { uuid }, kind: pushKind(isUp, message), exitStatus: undefined, ...asked };
}

/**
 * Backup programs push every step of a run with `status=up`, its beginning too, and say in `msg` which it was: only
 * the end of a run is a success.
 */
function pushKind(isUp: boolean, message: string): PingRow['kind'] {
  if (!isUp) return 'fail';
  const word = message.trim().toLowerCase();
  if (['start', 'started', 'starting'].includes(word)) return 'start';
  if (['fail', 'failed', 'failure', 'error'].includes(word)) return 'fail';
  return word === 'log' ? 'log' : 'success';
}

/** Of several the last one counts, as in Healthchecks. */
function last(query: URLSearchParams, name: string): string | undefined {
  return query.getAll(name).at(-1);
}
