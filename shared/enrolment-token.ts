import { AppError } from './errors.ts';

/**
 * The one line that an administrator carries from the collector to a new machine: where the collector is, which TLS
 * certificate it must show, and a secret that works once.
 */
export interface EnrolmentToken {
  /** Base URL of the collector, without a trailing slash. */
  url: string;
  /** SHA-256 of the collector's certificate, lower-case hex; absent when the collector speaks plain HTTP. */
  fingerprint?: string;
  /** 32 random bytes in base64url. */
  secret: string;
  expiresAtMs: number;
}

const prefix = 'pantau1.';

export function formatToken(token: EnrolmentToken): string {
  const body = [token.url, token.fingerprint ?? '', token.secret, String(Math.floor(token.expiresAtMs / 1000))];
  return prefix + Buffer.from(JSON.stringify(body)).toString('base64url');
}

/** @throws AppError `invalid-token` that says what is wrong and what to do. */
export function parseToken(text: string): EnrolmentToken {
  const trimmed = text.trim();
  if (!trimmed.startsWith(prefix) || trimmed.length > 4096) {
    throw invalid(`it must start with "${prefix}"`);
  }
  const [url, fingerprint, secret, expiresAtSeconds] = decode(trimmed.slice(prefix.length));
  if (!/^https?:\/\/[^\s/]+(\/[^\s]*)?$/.test(url)) throw invalid('the address in it is not an http or https URL');
  if (!/^([0-9a-f]{64})?$/.test(fingerprint)) throw invalid('the certificate fingerprint in it is damaged');
  if (!/^[A-Za-z0-9_-]{43}$/.test(secret)) throw invalid('the secret in it is damaged');
  if (!/^\d{1,12}$/.test(expiresAtSeconds)) throw invalid('the expiry in it is damaged');
  if (url.startsWith('https:') && fingerprint === '') throw invalid('it names an https address but no certificate');
  return {
    url: url.replace(/\/+$/, ''),
    ...(fingerprint === '' ? {} : { fingerprint }),
    secret,
    expiresAtMs: Number(expiresAtSeconds) * 1000,
  };
}

function decode(body: string): [string, string, string, string] {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
  } catch (cause) {
    throw invalid('it is cut off or mistyped', cause);
  }
  if (!Array.isArray(parts) || parts.length !== 4 || !parts.every((part) => typeof part === 'string')) {
    throw invalid('it is cut off or mistyped');
  }
  return parts as [string, string, string, string];
}

function invalid(reason: string, cause?: unknown): AppError {
  return new AppError(
    'invalid-token',
    `The enrolment token cannot be used: ${reason}. Copy the whole line that "pantau-collector token create" printed.`,
    { cause },
  );
}
