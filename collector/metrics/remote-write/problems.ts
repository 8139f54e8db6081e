import { durationSeconds } from '../../../shared/duration.ts';
import { messageOf } from '../../../shared/errors.ts';
import type { RemoteWriteConfig } from './config-schema.ts';
import { readRemoteWriteTarget } from './target.ts';

export interface RemoteWriteProblem {
  /** Path within the entry. */
  path: string[];
  /** One sentence with the remedy, without a secret. */
  message: string;
}

const headerName = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$/;
const labelName = /^[a-zA-Z_][a-zA-Z0-9_]{0,62}$/;

/** Set by us or by the HTTP client; a configured value would break the request. */
const reservedHeaders = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'host',
  'transfer-encoding',
  'x-prometheus-remote-write-version',
]);

/** Labels of the series themselves; another value beside them could not be told from theirs. */
const ownLabels = new Set(['pd', 'site', 'node', 'layer', 'target', 'probe', 'router', 'dataset', 'obligation']);

const shortestSnapshotSeconds = 10;
const longestSnapshotSeconds = 3600;

/** What the schema cannot say about one receiver. It connects nowhere. */
export function remoteWriteProblems(config: RemoteWriteConfig): RemoteWriteProblem[] {
  return [...headerProblems(config), ...labelProblems(config), ...timeProblems(config), ...targetProblems(config)];
}

function headerProblems({ headers = {}, basicAuth, bearerToken }: RemoteWriteConfig): RemoteWriteProblem[] {
  const names = Object.keys(headers);
  const reserved = names.filter((name) => reservedHeaders.has(name.toLowerCase()));
  const problems = [
    ...reserved.map((name) => ({ path: ['headers', name], message: 'is set by Pantau itself; take it out' })),
    ...names
      .filter((name) => !headerName.test(name))
      .map((name) => ({ path: ['headers', name], message: 'is no name of a header; write one such as X-Scope-OrgID' })),
  ];
  const given = [
    ...(basicAuth === undefined ? [] : ['basicAuth']),
    ...(bearerToken === undefined ? [] : ['bearerToken']),
    ...names.filter((name) => name.toLowerCase() === 'authorization').map((name) => `headers.${name}`),
  ];
  const [first, second] = given;
  if (first === undefined || second === undefined) return problems;
  const message = `is given beside ${first}; a receiver is shown one of them, so take the other out`;
  return [...problems, { path: second.split('.'), message }];
}

function labelProblems({ labels }: RemoteWriteConfig): RemoteWriteProblem[] {
  return Object.keys(labels).flatMap((name) => {
    const path = ['labels', name];
    if (!labelName.test(name)) {
      return [{ path, message: 'is no name of a label; use letters, digits and "_", not a digit first' }];
    }
    if (name.startsWith('__'))
      return [{ path, message: 'begins with "__", which Prometheus keeps for itself; rename it' }];
    return ownLabels.has(name) ? [{ path, message: 'is a label of the series themselves; choose another name' }] : [];
  });
}

function timeProblems({ snapshotEvery }: RemoteWriteConfig): RemoteWriteProblem[] {
  const seconds = durationSeconds(snapshotEvery);
  if (seconds >= shortestSnapshotSeconds && seconds <= longestSnapshotSeconds) return [];
  const message = `"${snapshotEvery}" is not between ${shortestSnapshotSeconds}s and ${longestSnapshotSeconds / 3600}h; 60s suits most`;
  return [{ path: ['snapshotEvery'], message }];
}

function targetProblems(config: RemoteWriteConfig): RemoteWriteProblem[] {
  try {
    readRemoteWriteTarget(config);
    return [];
  } catch (error) {
    return [{ path: [], message: messageOf(error) }];
  }
}
