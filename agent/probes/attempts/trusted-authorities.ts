import type { SecureContext } from 'node:tls';

let context: SecureContext | undefined;

/**
 * Node's own authorities and those that the system trusts, so that a Pemda's own authority counts once it is installed
 * on the machine. Read once per process: an authority that is installed later counts after the next start. It costs
 * 15 MB of memory, so it is made by the first probe that speaks TLS.
 */
export function trustedAuthorities(): SecureContext {
  const tls = process.getBuiltinModule('node:tls');
  context ??= tls.createSecureContext({
    ca: [...new Set([...tls.getCACertificates('default'), ...tls.getCACertificates('system')])],
  });
  return context;
}
