import type { BackupLook } from '../nightly-backups.ts';
import type { RoundContent } from '../round-content.ts';
import type { World } from '../scenario.ts';
import type { SpoolingAgent } from '../spooling-agent.ts';
import { createVaultCopies } from '../vault-copies.ts';
import { createVaultReader, type VaultReader } from '../vault-reader.ts';
import { offsiteCopies, troubledCopies } from './backup-world.ts';
import type { Places } from './places.ts';

type VaultRound = Pick<RoundContent, 'arrivals' | 'holdings' | 'vaultScans'>;

/** What the readers of the vaults tell, one vault in each round. */
export interface VaultRounds {
  look(agent: SpoolingAgent, atMs: number): VaultRound;
}

/** In the vault of the Pusat Data, and nobody knows whose backups they are. */
const unowned = ['dukcapil/salinan-lama.sql', 'titipan/arsip-2023.zip'];

export function createVaultRounds(
  { agents }: World,
  { places, look, isLinked }: { places: Places; look: BackupLook; isLinked: (pd: string) => boolean },
): VaultRounds {
  const members = agents.map(({ member }) => member);
  const copiesOf = troubledCopies(createVaultCopies({ members, look, isLinked }), places);
  const readers = new Map<SpoolingAgent, { next: number; all: VaultReader[] }>();
  for (const agent of agents) {
    const all = (agent.member.config.vaults ?? []).map((vault) =>
      createVaultReader(
        vault.location === 'drc'
          ? { vaults: [vault], copiesOf: offsiteCopies(copiesOf, places), unowned: [] }
          : { vaults: [vault], copiesOf, unowned },
      ),
    );
    if (all.length > 0) readers.set(agent, { next: 0, all });
  }
  return {
    look(agent, atMs) {
      const own = readers.get(agent);
      if (own === undefined) return {};
      const found = own.all[own.next % own.all.length]?.look(atMs);
      own.next += 1;
      return found === undefined ? {} : { ...found, vaultScans: found.vaultScans.map(withProblem) };
    },
  };
}

/** A folder that the reader may not open. */
function withProblem(scan: NonNullable<VaultRound['vaultScans']>[number]) {
  if (scan.location === 'drc') return scan;
  return { ...scan, problemCount: 1, problems: [{ path: 'titipan/pribadi', reason: 'permission-denied' }] };
}
