import { join } from 'node:path';
import { knownNames } from '../../collector/cli/known-names.ts';
import { loadConfig } from '../../collector/config/load-config.ts';
import { hashSecret, newSecret } from '../../collector/intake/enrolment.ts';
import type { TokenRow } from '../../collector/store/rows.ts';
import { openSqliteStore } from '../../collector/store/sqlite/sqlite-store.ts';

/** Where agents can be put: a department with one of its sites. */
export interface Place {
  pd: string;
  site: string;
}

/** @throws AppError `bad-config` when the collector's configuration cannot be read. */
export function placesIn(configPath: string): Place[] {
  return loadConfig(configPath, knownNames).perangkatDaerah.flatMap(({ id, sites }) =>
    sites.slice(0, 1).map((site) => ({ pd: id, site: site.id })),
  );
}

export type TokenWish = Place & { roles: TokenRow['roles'] };

const tokenLifeMs = 3_600_000;

/**
 * Does what `pantau-collector token create` does, for many agents at once: a process for each would take minutes.
 * @returns the secrets, in the order of the wishes.
 */
export async function createTokens(dataFolder: string, wishes: readonly TokenWish[], nowMs: number): Promise<string[]> {
  const store = openSqliteStore(join(dataFolder, 'pantau.db'));
  try {
    const secrets: string[] = [];
    for (const wish of wishes) {
      const secret = newSecret();
      await store.addToken({
        ...wish,
        secretHash: hashSecret(secret),
        createdAtMs: nowMs,
        expiresAtMs: nowMs + tokenLifeMs,
      });
      secrets.push(secret);
    }
    return secrets;
  } finally {
    await store.close();
  }
}
