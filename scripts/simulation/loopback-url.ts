import { AppError } from '../../shared/errors.ts';

/**
 * Where a simulation may send: thousands of invented agents have no business on anybody's network.
 * @throws AppError `usage`.
 */
export function loopbackUrl(text: string): { hostname: string; port: number } {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' && url.hostname === '127.0.0.1' && url.pathname === '/') {
    return { hostname: url.hostname, port: url.port === '' ? 80 : Number(url.port) };
  }
  throw new AppError('usage', `--url "${text}" must be a collector on this machine, such as http://127.0.0.1:8420.`);
}

/** Where a simulation may write samples: beside invented agents no real history has room. @throws AppError `usage`. */
export function loopbackWriteUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' && url.hostname === '127.0.0.1') return url.href;
  throw new AppError(
    'usage',
    `--remote-write "${text}" must be a receiver on this machine, such as http://127.0.0.1:9090/api/v1/write.`,
  );
}
