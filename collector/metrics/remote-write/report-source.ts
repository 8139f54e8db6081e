import type { Fleet } from '../../facts/fleet.ts';
import { type AgentFacts, isFresh } from '../../facts/node-facts.ts';
import type { KeptBody, RemoteWritePort } from '../../store/remote-write-port.ts';
import { reportAt, storedReports } from '../../store/report-body.ts';
import { type AgentTrack, endSilent, lateReport, nextReport, type Reading, silentEndDueMs } from './agent-track.ts';
import { createAgentTracks } from './agent-tracks.ts';
import { stepsBefore } from './link-replay.ts';
import type { WrittenSample } from './write-request.ts';

/** The samples of one report: what a receiver refuses is taken apart no further. */
export type SamplePart = readonly WrittenSample[];

/** What follows upon a mark. */
export interface ReportTurn {
  /** Everything up to this body is in it. */
  throughKey: number;
  /** Continues its series; a receiver takes it as it comes. */
  present: SamplePart[];
  /** Belongs before what was written already; a receiver may refuse it. */
  late: SamplePart[];
  /** Bodies that were pruned before they were sent. */
  expiredCount: number;
}

export interface ReportSource {
  /** @returns undefined when nothing follows. */
  next(mark: number, wanted: { sampleCount: number; nowMs: number }): Promise<ReportTurn | undefined>;
  /** Ends of series of agents that fell silent; only when nothing follows upon the mark. */
  silentEnds(mark: number, nowMs: number): Promise<SamplePart[]>;
  /** Forgets what was given out: it will be asked for again from the last mark. */
  reset(): void;
}

export interface ReportSourceOptions extends Reading {
  port: RemoteWritePort;
  fleet: Pick<Fleet, 'agent' | 'agents'>;
}

const bodiesPerLook = 32;
const reportsPerLook = 100;

/** Reads reports as samples, agent by agent in the order of their time. Nothing of it is durable but the mark. */
export function createReportSource({ port, fleet, ...reading }: ReportSourceOptions): ReportSource {
  const { slices } = reading;
  const tracks = createAgentTracks({ port, fleet, reading });

  async function addBody(turn: ReportTurn, kept: KeptBody, at: { mark: number; nowMs: number }): Promise<void> {
    const row = fleet.agent(kept.agent)?.row;
    if (row === undefined || kept.reports.length === 0) return;
    const track = await tracks.of(kept.agent, at.mark, at.nowMs);
    const reports = storedReports(kept.encoding, kept.body);
    const taken = kept.reports.map(({ place, ...rest }) => ({ row, report: reportAt(reports, place), ...rest }));
    const isPresent = (each: { late: boolean; takenAtMs: number }) => !each.late && each.takenAtMs > track.takenAtMs;
    const links = stepsBefore(taken.filter((each) => !isPresent(each)).map(({ report }) => report));
    for (const each of taken) {
      if (isPresent(each)) {
        const { present, late } = await nextReport(track, each, reading);
        if (present.length > 0) turn.present.push(present);
        if (late.length > 0) turn.late.push(late);
      } else turn.late.push(await lateReport(each, links, reading));
    }
  }

  return {
    async next(mark, { sampleCount, nowMs }) {
      const bodies = await port.next(mark, { bodyCount: bodiesPerLook, reportCount: reportsPerLook });
      if (bodies.length === 0) return undefined;
      const turn: ReportTurn = { throughKey: mark, present: [], late: [], expiredCount: 0 };
      for (const kept of bodies) {
        // Keys follow one another: one that is missing was pruned.
        turn.expiredCount += kept.key - turn.throughKey - 1;
        await addBody(turn, kept, { mark, nowMs });
        turn.throughKey = kept.key;
        if (countOf(turn.present) + countOf(turn.late) >= sampleCount) break;
      }
      return turn;
    },
    async silentEnds(mark, nowMs) {
      const parts: SamplePart[] = [];
      for (const agent of fleet.agents()) {
        if (!mayEnd(agent, tracks.known(agent.row.id), nowMs)) continue;
        const track = await tracks.of(agent.row.id, mark, nowMs);
        // What came meanwhile goes first.
        if (track.takenAtMs < (agent.present?.takenAtMs ?? 0)) continue;
        const ends = endSilent(track);
        if (ends.length > 0) parts.push(ends);
        if (slices.isOver) await slices.rest();
      }
      return parts;
    },
    reset: tracks.reset,
  };
}

const countOf = (parts: readonly SamplePart[]) => parts.reduce((count, part) => count + part.length, 0);

/** No query looks so far back for a sample: after a start, an end that is older is worth nothing. */
const endsWorthMs = 3_600_000;

function mayEnd(agent: AgentFacts, track: AgentTrack | undefined, nowMs: number): boolean {
  const { present } = agent;
  if (present === undefined || track?.series.size === 0 || isFresh(agent, nowMs)) return false;
  const dueAtMs = silentEndDueMs({ takenAtMs: present.takenAtMs, intervalSeconds: present.report.intervalSeconds });
  return nowMs >= dueAtMs && (track !== undefined || nowMs <= dueAtMs + endsWorthMs);
}
