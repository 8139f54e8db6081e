import { describe, expect, it } from 'vitest';
import type { FleetMember } from './fleet.ts';
import { backupsOfNights } from './nightly-backups.ts';
import { memberWith } from './fleet-member.test-kit.ts';
import { createVaultCopies, cutOffCopies, type VaultCopiesOptions } from './vault-copies.ts';

const dayMs = 86_400_000;
const morningMs = Date.parse('2026-11-22T03:00:00Z');
const sikda = { pd: 'dinkes', dataset: 'sikda' };
const threeNights = (member: FleetMember, watched: { dataset: string; source: string }, atMs: number) =>
  backupsOfNights(member, watched, atMs, { from: 0, count: 3 });

function copiesWith(options: Partial<VaultCopiesOptions> = {}) {
  const members = [memberWith({ pd: 'dinkes', datasets: ['sikda'] })];
  return createVaultCopies({ members, look: threeNights, isLinked: () => true, ...options });
}

const sizes = (copies: readonly { sizeBytes: number }[]) => copies.map(({ sizeBytes }) => sizeBytes);

describe('the copies in a simulated vault', () => {
  it('are what the department claims: name, size and hash, newest first, five minutes later', () => {
    const member = memberWith({ pd: 'dinkes', datasets: ['sikda'] });
    const claims = threeNights(member, { dataset: 'sikda', source: 'files' }, morningMs);
    expect(copiesWith()(sikda, morningMs)).toEqual(
      claims.toReversed().map(({ objectName, completedAt = '', sizeBytes, sha256 }) => ({
        objectName,
        modifiedAtMs: Date.parse(completedAt),
        arrivedAtMs: Date.parse(completedAt) + 300_000,
        sizeBytes,
        sha256,
      })),
    );
  });

  it('are none of a dataset that nobody looks after, or before they arrive', () => {
    const copiesOf = copiesWith({
      look: (_member, { dataset, source }, atMs) => [
        { dataset, source, outcome: 'no-data' },
        {
          dataset,
          source,
          outcome: 'ok',
          objectName: 'a.tar',
          completedAt: new Date(atMs - 299_000).toISOString(),
          sizeBytes: 1,
          sha256: '0'.repeat(64),
        },
      ],
    });
    expect(copiesOf(sikda, morningMs)).toEqual([]);
    expect(copiesWith()({ pd: 'dinkes', dataset: 'lain' }, morningMs)).toEqual([]);
    expect(copiesWith()({ pd: 'rsud', dataset: 'sikda' }, morningMs)).toEqual([]);
  });

  it('stay as they are while the link of the department is away', () => {
    const link = { isUp: true };
    const copiesOf = copiesWith({ isLinked: () => link.isUp });
    const before = copiesOf(sikda, morningMs);
    link.isUp = false;
    expect(copiesOf(sikda, morningMs + dayMs)).toEqual(before);
    link.isUp = true;
    expect(copiesOf(sikda, morningMs + dayMs)[1]).toEqual(before[0]);
  });

  it('are cut off from the newest one on, which stays cut off when others follow', () => {
    const whole = copiesWith();
    const copiesOf = cutOffCopies(copiesWith(), { pd: 'dinkes', arrivingRatio: 0.4 });
    const [newest = 0, ...older] = sizes(whole(sikda, morningMs));
    expect(sizes(copiesOf(sikda, morningMs))).toEqual([Math.floor(newest * 0.4), ...older]);
    const [later = 0] = sizes(whole(sikda, morningMs + dayMs));
    expect(sizes(copiesOf(sikda, morningMs + dayMs))).toEqual([
      Math.floor(later * 0.4),
      Math.floor(newest * 0.4),
      older[0],
    ]);
    expect(copiesOf(sikda, morningMs)[0]?.sha256).not.toBe(whole(sikda, morningMs)[0]?.sha256);
  });

  it('are whole of every other department', () => {
    const copiesOf = cutOffCopies(copiesWith(), { pd: 'rsud', arrivingRatio: 0.4 });
    expect(copiesOf(sikda, morningMs)).toEqual(copiesWith()(sikda, morningMs));
  });
});
