import { reportsPath } from '../../shared/wire.ts';
import type { SignedRequest } from '../simulation/simulated-agent.ts';

/** A whole HTTP request as bytes. */
export function rawRequest(path: string, headers: Readonly<Record<string, string>>, body: Buffer): Buffer {
  const lines = Object.entries({ ...headers, 'content-length': String(body.length) }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return Buffer.concat([Buffer.from(`POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${lines.join('')}\r\n`), body]);
}

/** @param connection `close` for a request that is the only one of its connection. */
export function rawReportRequest({ headers, body }: SignedRequest, connection?: 'close'): Buffer {
  return rawRequest(reportsPath, { ...headers, ...(connection && { connection }) }, body);
}
