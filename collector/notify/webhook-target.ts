import { AppError } from '../../shared/errors.ts';
import type { SecretFile } from './config-fields.ts';
import { readSecret, readSmallFile } from './secret-file.ts';

export interface WebhookTargetConfig {
  url: string | SecretFile;
  headers?: Record<string, string | SecretFile>;
  caFile?: string;
}

/** Where a webhook goes, with the configuration's files read. */
export interface WebhookTarget {
  url: string;
  /** Scheme and host: all of the address that may stand in an error, since a path may hold a token. */
  origin: string;
  /** True when the address is this machine, which no proxy can reach. */
  loopback: boolean;
  headers: Record<string, string>;
  ca: string | undefined;
  /** What must never appear in an error. */
  secrets: string[];
}

const shortestSecretPathPart = 8;

/** @throws AppError `file-unreadable` or `invalid-url`, neither with a secret. */
export function readTarget(config: WebhookTargetConfig): WebhookTarget {
  const url = parseUrl(readSecret(config.url));
  const headers = Object.fromEntries(
    Object.entries(config.headers ?? {}).map(([name, value]) => [name, readSecret(value)]),
  );
  return {
    url: url.href,
    origin: url.origin,
    loopback: /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname),
    headers,
    ca: config.caFile === undefined ? undefined : readSmallFile(config.caFile),
    secrets: [...Object.values(headers).flatMap(secretsOfHeader), ...secretsOfUrl(url)],
  };
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw new AppError('invalid-url', 'url must be a full address that starts with http:// or https://', {
      field: 'url',
    });
  return url;
}

function secretsOfHeader(value: string): string[] {
  const credentials = /^basic\s+(\S+)$/i.exec(value)?.[1];
  return credentials === undefined ? [value] : [value, ...Buffer.from(credentials, 'base64').toString().split(':')];
}

function secretsOfUrl(url: URL): string[] {
  const [user, password] = [decoded(url.username), decoded(url.password)];
  const pathParts = url.pathname.split('/').flatMap((part) => [part, decoded(part), ...decoded(part).split(':')]);
  return [
    user,
    password,
    `${user}:${password}`,
    ...url.searchParams.values(),
    ...pathParts.filter((part) => part.length >= shortestSecretPathPart),
  ];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
