import Type from 'typebox';
import { isFresh } from '../../facts/node-facts.ts';
import { instant, type Resource } from '../resource.ts';
import { Amount, Instant, OptionalText, StateText } from './fields.ts';

const row = Type.Object({
  pd: Type.String(),
  site: Type.String(),
  node: Type.String(),
  agent: Type.String(),
  roles: Type.Array(Type.String()),
  state: StateText,
  enrolledAt: Instant,
  revokedAt: Instant,
  lastReportAt: Instant,
  bootedAt: OptionalText,
  clockOffsetSeconds: Amount,
  spoolQueuedCount: Amount,
  spoolDroppedCount: Amount,
  failures: Type.Array(Type.Object({ of: Type.String(), reason: Type.String() })),
});

export const nodesResource: Resource<typeof row> = {
  name: 'nodes',
  summary: 'Servers with an agent, whether they are heard, and what they could not measure',
  row,
  rows: (view) =>
    [...view.fleet.agents()].map((agent) => {
      const { present } = agent;
      return {
        pd: agent.row.pd,
        site: agent.row.site,
        node: agent.row.node,
        agent: agent.row.id,
        roles: agent.row.roles,
        state: isFresh(agent, view.nowMs) ? ('up' as const) : ('unknown' as const),
        enrolledAt: instant(view, agent.row.enrolledAtMs),
        revokedAt: instant(view, agent.row.revokedAtMs),
        lastReportAt: instant(view, present?.takenAtMs),
        bootedAt: present?.report.host.bootedAt ?? null,
        clockOffsetSeconds: present?.clockOffsetSeconds ?? null,
        spoolQueuedCount: present?.report.spool.queuedCount ?? null,
        spoolDroppedCount: present?.report.spool.droppedCount ?? null,
        failures: present?.report.failures ?? [],
      };
    }),
};
