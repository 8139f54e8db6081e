import { createHash, type KeyObject } from 'node:crypto';
import type { AgentConfig, SignedConfig } from '../../shared/agent-config-schema.ts';
import { signBytes } from '../../shared/signing.ts';

export function someConfig(agent: string, more: Partial<AgentConfig> = {}): AgentConfig {
  return {
    agent,
    pd: 'dinas-kesehatan',
    site: 'kantor',
    node: 'srv-1',
    roles: [],
    intervalSeconds: 60,
    discoverTargets: false,
    probes: [],
    backups: [],
    spool: { maxSizeBytes: 1_000_000 },
    drain: { batchesPerMinute: 6000 },
    ...more,
  };
}

/** As the collector signs it. */
export function signConfig(config: unknown, privateKey: KeyObject): SignedConfig {
  const document = JSON.stringify(config);
  return {
    version: createHash('sha256').update(document).digest('hex').slice(0, 12),
    document,
    signature: signBytes('configuration', Buffer.from(document), privateKey),
  };
}
