import type { Fleet } from '../../facts/fleet.ts';
import { type AgentFacts, clockStepMs } from '../../facts/node-facts.ts';
import type { RemoteWritePort } from '../../store/remote-write-port.ts';
import { reportAt, storedReports } from '../../store/report-body.ts';
import { type AgentTrack, newTrack, nextReport, type Reading } from './agent-track.ts';

/** So many reports show which series an agent has. */
const reportsLookedBack = 3;

export interface AgentTracks {
  known(agent: string): AgentTrack | undefined;
  /**
   * What was sent at times that have not come yet, by a clock that was set back since, is no present.
   * @param mark up to which everything was sent: what an agent that is not known yet had sent is looked up there.
   */
  of(agent: string, mark: number, nowMs: number): Promise<AgentTrack>;
  reset(): void;
}

/** What was sent of each agent, in memory: after a start it is read again from the reports that were sent last. */
export function createAgentTracks(options: {
  port: Pick<RemoteWritePort, 'newestUpTo'>;
  fleet: Pick<Fleet, 'agent' | 'agents'>;
  reading: Reading;
}): AgentTracks {
  const { port, fleet, reading } = options;
  const tracks = new Map<string, AgentTrack>();
  /** How the agents were when this began: of links it knows more than a few reports do. */
  const atStart = new Map([...fleet.agents()].map((agent) => [agent.row.id, agent]));

  return {
    known: (agent) => tracks.get(agent),
    async of(agent, mark, nowMs) {
      const known = tracks.get(agent);
      const latestMs = nowMs + clockStepMs;
      if (known !== undefined && known.takenAtMs <= latestMs) return known;
      const track = newTrack();
      const row = fleet.agent(agent)?.row;
      for (const kept of await port.newestUpTo(agent, mark, reportsLookedBack)) {
        const [place] = kept.reports;
        if (row === undefined || place === undefined || place.takenAtMs <= track.takenAtMs) continue;
        if (place.takenAtMs > latestMs) continue;
        const report = reportAt(storedReports(kept.encoding, kept.body), place.place);
        await nextReport(track, { row, report, takenAtMs: place.takenAtMs }, reading);
      }
      takeLinks(track, atStart.get(agent));
      atStart.delete(agent);
      tracks.set(agent, track);
      return track;
    },
    reset: () => tracks.clear(),
  };
}

/** The state of a link counts rounds that are long gone; it holds as long as no newer report was sent. */
function takeLinks(track: AgentTrack, agent: AgentFacts | undefined): void {
  if (agent?.present?.takenAtMs !== track.takenAtMs) return;
  for (const [probe, { target, state, goodRounds, badRounds, runSinceMs, lastRoundAtMs }] of agent.links) {
    track.links.set(probe, { target, state, goodRounds, badRounds, runSinceMs, lastRoundAtMs });
  }
}
