/** Why an attempt failed, when a probe itself found that out; `reason` is kebab-case and goes into the report. */
export class ProbeFailure extends Error {
  readonly reason: string;

  constructor(reason: string) {
    super(reason);
    this.name = 'ProbeFailure';
    this.reason = reason;
  }
}

/** What failed on this machine (no sockets left, say) says nothing about the target. */
export const localError = 'local-error';

const reasons: Record<string, string> = {
  ECONNREFUSED: 'connection-refused',
  ECONNRESET: 'connection-reset',
  ECONNABORTED: 'connection-reset',
  EPIPE: 'connection-reset',
  ETIMEDOUT: 'timeout',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETDOWN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  // A local firewall that rejects answers so.
  EACCES: 'unreachable',
  EPERM: 'unreachable',
  ENOTFOUND: 'name-not-resolved',
  EAI_AGAIN: 'name-not-resolved',
  EAI_FAIL: 'name-not-resolved',
  EPROTO: 'tls-failed',
  HPE_HEADER_OVERFLOW: 'too-large',
};

const families: [start: string, reason: string][] = [
  ['ERR_SSL_', 'tls-failed'],
  ['ERR_TLS_', 'tls-failed'],
  ['HPE_', 'bad-answer'],
];

/** The reason for an error of a socket, of TLS or of the HTTP parser. */
export function failureReason(error: unknown): string {
  if (error instanceof ProbeFailure) return error.reason;
  const code = codeOf(error);
  return reasons[code] ?? families.find(([start]) => code.startsWith(start))?.[1] ?? localError;
}

/** A name with several addresses fails with all their errors in one. */
function codeOf(error: unknown): string {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return (first as NodeJS.ErrnoException | undefined)?.code ?? '';
}
