import { hostname } from 'node:os';
import type { Clock } from '../shared/clock.ts';
import type { PantauConfig } from './config/schema.ts';
import { type Certificate, loadOrCreateCertificate } from './tls/certificate.ts';

/** The address that tokens carry: what was configured, or what is listened on. */
export function publicUrl(config: PantauConfig, port: number): string {
  const { listen, tls } = config;
  if (listen.publicUrl !== undefined) return listen.publicUrl.replace(/\/+$/, '');
  const everywhere = listen.host === '0.0.0.0' || listen.host === '::';
  const host = everywhere ? hostname() : listen.host;
  return `${tls.enabled ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** The certificate to show, or undefined when the configuration asks for plain HTTP. */
export async function tlsFor(config: PantauConfig, dataFolder: string, clock: Clock): Promise<Certificate | undefined> {
  if (!config.tls.enabled) return undefined;
  const { certificateFile, keyFile } = config.tls;
  const names = new Set([
    new URL(publicUrl(config, 1)).hostname,
    config.listen.host,
    hostname(),
    'localhost',
    '127.0.0.1',
  ]);
  names.delete('0.0.0.0');
  names.delete('::');
  return loadOrCreateCertificate({
    dataFolder,
    hostNames: [...names],
    clock,
    ...(certificateFile === undefined ? {} : { certificateFile }),
    ...(keyFile === undefined ? {} : { keyFile }),
  });
}
