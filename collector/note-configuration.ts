import { createHash } from 'node:crypto';
import { messageOf } from '../shared/errors.ts';
import type { Logger } from '../shared/logger.ts';
import type { PantauConfig } from './config/schema.ts';
import { canonicalJson } from './ledger/canonical-json.ts';
import type { Store } from './store/store.ts';

/**
 * Notes in the audit log, and so in the ledger, by which settings is judged from now on: a changed number can turn a
 * verdict. Written only when they are not what was noted last. Channels and receivers are left out: they hold secrets
 * and judge nothing.
 */
export async function noteConfiguration(
  config: PantauConfig,
  { store, nowMs, logger }: { store: Pick<Store, 'noteConfiguration'>; nowMs: number; logger: Logger },
): Promise<void> {
  const { notify: _channels, remoteWrite: _receivers, ...judged } = config;
  const detail = canonicalJson({
    sha256: createHash('sha256')
      .update(canonicalJson(plain(judged)))
      .digest('hex'),
    regulations: config.regulations,
    obligations: plain(config.obligations),
  });
  await store.noteConfiguration(detail, nowMs).catch((error: unknown) => {
    // Judging goes on: it is noted at the next start or reload.
    logger.error('the settings could not be noted in the ledger', { cause: messageOf(error) });
  });
}

/** Without what is undefined, which JSON does not know. */
function plain(value: object): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}
