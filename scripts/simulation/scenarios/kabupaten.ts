import { createHash } from 'node:crypto';
import { backupsOfNights, type BackupLook, nightlyBackup } from '../nightly-backups.ts';
import { reportInRounds } from '../report-rounds.ts';
import type { Scenario, World } from '../scenario.ts';
import type { SpoolingAgent } from '../spooling-agent.ts';
import { createTypicalRounds } from '../typical-rounds.ts';
import { type CopiesOf, createVaultCopies, cutOffCopies } from '../vault-copies.ts';
import { createVaultReader, type VaultReader } from '../vault-reader.ts';

/** What happens to whom, in rounds of one interval from the start; the rest of the Kabupaten is healthy. */
const story = {
  /** Its last backup is three nights old. */
  lateBackup: 'bkd',
  /** Once it went well; the last night left an empty file, which somebody repairs. */
  emptyBackup: { pd: 'rsud', repairedAtRound: 18 },
  /** Its job goes well, but since last night only the beginning of each copy arrives in the vault. */
  cutOffCopy: { pd: 'dinkes', arrivingRatio: 0.4 },
  withoutDatasets: 'dpmd',
  /** In the vault, and nobody knows whose backups they are. */
  unowned: ['dukcapil/salinan-lama.sql', 'titipan/arsip-2023.zip'],
  /** Their agents stop; their routers go on answering and their backups go on arriving. */
  silent: { pds: ['dishub', 'disperkim', 'dispar'], fromRound: 4 },
  /** The site is gone for good: power or link. */
  lostSite: { pd: 'kec-pelabai', fromRound: 4 },
  /** The link comes back and the agent sends what it spooled. */
  returningSite: { pd: 'kec-topos', fromRound: 5, untilRound: 16 },
} as const;

const sha256OfNothing = createHash('sha256').digest('hex');
/** So many backups of each dataset are kept, by the department and in the vault. */
const keptNights = 7;
const pictureEveryRounds = 3;

export const kabupaten: Scenario = {
  name: 'kabupaten',
  docs: 'a whole Kabupaten with its troubles: late, empty and cut-off backups, silent agents, a lost and a returning site',
  intervalSeconds: 5,
  durationSeconds: undefined,
  withoutDatasets: [story.withoutDatasets],
  vault: true,
  async run(world) {
    const startedAtMs = world.clock.monotonicMs();
    const round = () => Math.floor((world.clock.monotonicMs() - startedAtMs) / (world.intervalSeconds * 1000));
    const isReturnerAway = () => round() >= story.returningSite.fromRound && round() < story.returningSite.untilRound;
    const isLinked = (pd: string) => {
      if (pd === story.lostSite.pd) return round() < story.lostSite.fromRound;
      return pd !== story.returningSite.pd || !isReturnerAway();
    };
    const look = troubledLook(round);
    const roundOf = createTypicalRounds({ isRouterUp: isLinked, look });
    const readers = vaultReaders(world, { look, isLinked });
    void showPictures(world);
    await reportInRounds(world, (agent, atMs) => {
      const { pd } = agent.member.agent;
      if (isSilent(pd, round())) return undefined;
      if (pd === story.returningSite.pd) agent.setOnline(!isReturnerAway());
      return { ...roundOf(agent, atMs), ...readers.get(agent)?.look(atMs) };
    });
  },
};

function isSilent(pd: string, round: number): boolean {
  if (pd === story.lostSite.pd) return round >= story.lostSite.fromRound;
  return story.silent.pds.some((silent) => silent === pd) && round >= story.silent.fromRound;
}

function troubledLook(round: () => number): BackupLook {
  return (member, dataset, atMs) => {
    const { pd } = member.agent;
    if (pd === story.lateBackup) return backupsOfNights(member, dataset, atMs, { from: 3, count: keptNights });
    if (pd !== story.emptyBackup.pd || round() >= story.emptyBackup.repairedAtRound) {
      return backupsOfNights(member, dataset, atMs, { from: 0, count: keptNights });
    }
    const empty = { objectName: `${dataset.dataset}-gagal.tar.zst`, sizeBytes: 0, sha256: sha256OfNothing };
    return [
      ...backupsOfNights(member, dataset, atMs, { from: 1, count: keptNights - 1 }),
      { ...nightlyBackup(member, dataset, atMs), ...empty },
    ];
  };
}

/** One for each agent that the collector tells to read a vault. */
function vaultReaders(
  { agents }: World,
  { look, isLinked }: { look: BackupLook; isLinked: (pd: string) => boolean },
): ReadonlyMap<SpoolingAgent, VaultReader> {
  const members = agents.map(({ member }) => member);
  const copiesOf: CopiesOf = cutOffCopies(createVaultCopies({ members, look, isLinked }), story.cutOffCopy);
  return new Map(
    agents.flatMap((agent) => {
      const { vaults = [] } = agent.member.config;
      return vaults.length === 0 ? [] : [[agent, createVaultReader({ vaults, copiesOf, unowned: story.unowned })]];
    }),
  );
}

/** Ends with the world, which is over soon after the scenario. */
async function showPictures(world: World): Promise<void> {
  while (!world.signal.aborted) {
    await world.pauses.for(pictureEveryRounds * world.intervalSeconds * 1000);
    if (world.signal.aborted) return;
    const line = await picture(world).catch(() => 'The collector does not answer its operator.');
    if (!world.signal.aborted) world.say(line);
  }
}

async function picture({ api, agents }: World): Promise<string> {
  const [nodes, verdicts, incidents, backups] = await Promise.all([
    api.rows('nodes'),
    api.rows('obligations'),
    api.rows('incidents'),
    api.rows('backups'),
  ]);
  const heardCount = nodes.filter((row) => row['state'] === 'up').length;
  const verdictCount = (status: string) => verdicts.filter((row) => row['status'] === status).length;
  const openCount = incidents.filter((row) => row['state'] !== 'resolved').length;
  const claimedCount = backups.filter((row) => row['proof'] !== 'none').length;
  const arrivedCount = backups.filter((row) => row['proof'] !== 'none' && row['proof'] !== 'claimed').length;
  return (
    `picture   ${heardCount} of ${agents.length} nodes heard; backups: ${claimedCount} claimed, ${arrivedCount} arrived; ` +
    `verdicts: ${verdictCount('compliant')} compliant, ${verdictCount('breached')} breached, ` +
    `${verdictCount('no-evidence')} without evidence; ` +
    `incidents: ${openCount} open, ${incidents.length - openCount} resolved`
  );
}
