import { nightlyBackup, type BackupLook } from '../nightly-backups.ts';
import { reportInRounds } from '../report-rounds.ts';
import type { Scenario, World } from '../scenario.ts';
import { createTypicalRounds } from '../typical-rounds.ts';

/** What happens to whom, in rounds of one interval from the start; the rest of the Kabupaten is healthy. */
const story = {
  /** Its last backup is three nights old. */
  lateBackup: 'bkd',
  /** Once it went well; the last night left an empty file, which somebody repairs. */
  emptyBackup: { pd: 'rsud', fromRound: 2, repairedAtRound: 14 },
  withoutDatasets: 'dpmd',
  /** Their agents stop; their routers go on answering. */
  silent: { pds: ['dishub', 'disperkim', 'dispar'], fromRound: 4 },
  /** The site is gone for good: power or link. */
  lostSite: { pd: 'kec-pelabai', fromRound: 4 },
  /** The link comes back and the agent sends what it spooled. */
  returningSite: { pd: 'kec-topos', fromRound: 5, untilRound: 16 },
} as const;

const pictureEveryRounds = 3;

export const kabupaten: Scenario = {
  name: 'kabupaten',
  docs: 'a whole Kabupaten with its troubles: late and empty backups, silent agents, a lost and a returning site',
  intervalSeconds: 5,
  durationSeconds: undefined,
  withoutDatasets: [story.withoutDatasets],
  async run(world) {
    const startedAtMs = world.clock.monotonicMs();
    const round = () => Math.floor((world.clock.monotonicMs() - startedAtMs) / (world.intervalSeconds * 1000));
    const isReturnerAway = () => round() >= story.returningSite.fromRound && round() < story.returningSite.untilRound;
    const isRouterUp = (pd: string) => {
      if (pd === story.lostSite.pd) return round() < story.lostSite.fromRound;
      return pd !== story.returningSite.pd || !isReturnerAway();
    };
    const roundOf = createTypicalRounds({ isRouterUp, look: troubledLook(round) });
    void showPictures(world);
    await reportInRounds(world, (agent, atMs) => {
      const { pd } = agent.member.agent;
      if (isSilent(pd, round())) return undefined;
      if (pd === story.returningSite.pd) agent.setOnline(!isReturnerAway());
      return roundOf(agent, atMs);
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
    if (pd === story.lateBackup) return nightlyBackup(member, dataset, atMs, 3);
    const backup = nightlyBackup(member, dataset, atMs);
    if (pd !== story.emptyBackup.pd || round() >= story.emptyBackup.repairedAtRound) return backup;
    if (round() < story.emptyBackup.fromRound) return nightlyBackup(member, dataset, atMs, 2);
    return { ...backup, objectName: `${dataset.dataset}-gagal.tar.zst`, sizeBytes: 0 };
  };
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
  const [nodes, verdicts, incidents] = await Promise.all([
    api.rows('nodes'),
    api.rows('obligations'),
    api.rows('incidents'),
  ]);
  const heardCount = nodes.filter((row) => row['state'] === 'up').length;
  const verdictCount = (status: string) => verdicts.filter((row) => row['status'] === status).length;
  const openCount = incidents.filter((row) => row['state'] !== 'resolved').length;
  return (
    `picture   ${heardCount} of ${agents.length} nodes heard; verdicts: ${verdictCount('compliant')} compliant, ` +
    `${verdictCount('breached')} breached, ${verdictCount('no-evidence')} without evidence; ` +
    `incidents: ${openCount} open, ${incidents.length - openCount} resolved`
  );
}
