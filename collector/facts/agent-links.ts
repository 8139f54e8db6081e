import type { Report, ReportProbe } from '../../shared/report-schema.ts';
import type { FactChanges } from '../store/store.ts';
import type { AgentRow, LinkRow } from '../store/rows.ts';
import { noAverages } from './link-averages.ts';
import { type LinkFacts, lossRatioOf, nextLink } from './link-facts.ts';
import { type AgentFacts, type Present, staleAfterMs } from './node-facts.ts';
import { noOutages } from './outage-history.ts';
import { noHistory, withRound } from './round-history.ts';

/** Longest time, beside the usual intervals, that a round of probes may take (20 packets and the longest timeout). */
const slowestRoundMs = 60_000;

/** An agent's links after one more report; what changed for good goes into `changes`. */
export function nextLinks(
  agent: AgentFacts,
  report: Report,
  atMs: number,
  changes: FactChanges,
): Map<string, LinkFacts> {
  const { row } = agent;
  const links = new Map<string, LinkFacts>();
  // A round may outlast a report. What this report does not speak of stays as it was, but not for long.
  for (const [name, link] of agent.links) {
    const everySeconds = Math.max(report.intervalSeconds, link.everySeconds ?? 0);
    if (atMs - link.mentionedAtMs <= staleAfterMs(everySeconds) + slowestRoundMs) links.set(name, link);
  }
  for (const probe of report.probes ?? []) {
    // Two rounds of one probe in one report are two rounds.
    const before = links.get(probe.name) ?? agent.links.get(probe.name);
    const link = nextLink(before, probeOf(row, probe), row, atMs);
    links.set(probe.name, link);
    if (before === undefined || isOther(before, link)) changes.links.push({ proberKey: row.key, ...linkRow(link) });
  }
  for (const probe of agent.links.keys()) {
    if (!links.has(probe)) changes.removedLinks.push({ proberKey: row.key, probe });
  }
  return links;
}

/** Only an agent at the Pusat Data speaks for other places; another one's word is about its own. */
export function probeOf({ roles }: Pick<AgentRow, 'roles'>, probe: ReportProbe): ReportProbe {
  if (roles.includes('vantage')) return probe;
  const { pd: _pd, site: _site, node: _node, ...own } = probe;
  return own;
}

/** Whether a start without this round would know less than it should. */
function isOther(before: LinkFacts, after: LinkFacts): boolean {
  return (
    before.state !== after.state ||
    before.target !== after.target ||
    before.node !== after.node ||
    before.everySeconds !== after.everySeconds ||
    before.unstableSinceMs !== after.unstableSinceMs ||
    (before.lastUpAtMs === undefined) !== (after.lastUpAtMs === undefined) ||
    before.certificate?.fingerprint !== after.certificate?.fingerprint ||
    before.certificate?.notAfter !== after.certificate?.notAfter ||
    before.certificate?.trust !== after.certificate?.trust
  );
}

function linkRow(link: LinkFacts): Omit<LinkRow, 'proberKey'> {
  const { probe, pd, site, node, layer, kind, target, state, sinceMs, reason, lastRoundAtMs } = link;
  const { lastUpAtMs, everySeconds, unstableSinceMs, httpStatus, certificate } = link;
  const row = { probe, pd, site, node, layer, kind, target, state, sinceMs, reason, lastRoundAtMs };
  return { ...row, lastUpAtMs, everySeconds, unstableSinceMs, httpStatus, certificate };
}

/** A row says how the link was when it last changed; the newest report may have a later round of it. */
export function restoredLink(row: LinkRow, present: Present | undefined): LinkFacts {
  const { proberKey: _, ...kept } = row;
  const probe = present?.report.probes?.findLast(({ name }) => name === row.probe);
  const lastRoundAtMs = probe === undefined ? row.lastRoundAtMs : (present?.takenAtMs ?? row.lastRoundAtMs);
  const isUp = row.state === 'up';
  return {
    ...kept,
    badRounds: row.state === 'down' ? 1 : 0,
    goodRounds: isUp ? 1 : 0,
    runSinceMs: row.sinceMs,
    reason: probe === undefined ? row.reason : probe.reason,
    lastRoundAtMs,
    // It has answered ever since, or its state would be another.
    lastUpAtMs: isUp ? lastRoundAtMs : row.lastUpAtMs,
    mentionedAtMs: present?.takenAtMs ?? row.lastRoundAtMs,
    roundTripSeconds: probe?.roundTripSeconds,
    lossRatio: probe && lossRatioOf(probe),
    averages: noAverages,
    outages: noOutages,
    history: row.state === 'unknown' ? noHistory : withRound(noHistory, isUp),
  };
}
