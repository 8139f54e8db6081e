import Type from 'typebox';
import { isFresh } from '../../facts/node-facts.ts';
import { instant, type Resource } from '../resource.ts';
import { Amount, Instant, OptionalText, StateText } from './fields.ts';

const row = Type.Object({
  pd: Type.String(),
  site: Type.String(),
  layer: Type.String(),
  /** The node that sent the probes. */
  node: Type.String(),
  /** The server behind the site's router that was probed, when it was not the router. */
  server: OptionalText,
  probe: Type.String(),
  kind: Type.String(),
  target: Type.String(),
  state: StateText,
  since: Instant,
  reason: OptionalText,
  lastRoundAt: Instant,
  /** Its last answer; null when it never gave one. */
  lastUpAt: Instant,
  /** Since when it comes and goes; null while it does not. */
  unstableSince: Instant,
  roundTripSeconds: Amount,
  lossRatio: Amount,
  httpStatus: Amount,
  /** When the first certificate of the chain that was shown ends, and what a browser would say of it. */
  certificateNotAfter: Instant,
  certificateTrust: OptionalText,
});

export const linksResource: Resource<typeof row> = {
  name: 'links',
  summary: 'What can be reached from where, by layer of the Jaringan Intra',
  row,
  rows: (view) =>
    [...view.fleet.agents()].flatMap((agent) => {
      const fresh = isFresh(agent, view.nowMs);
      return [...agent.links.values()].map((link) => ({
        pd: link.pd,
        site: link.site,
        layer: link.layer,
        node: agent.row.node,
        server: link.node ?? null,
        probe: link.probe,
        kind: link.kind,
        target: link.target,
        state: fresh ? link.state : ('unknown' as const),
        since: instant(view, fresh ? link.sinceMs : agent.present?.staleAtMs),
        reason: fresh ? (link.reason ?? null) : 'agent-silent',
        lastRoundAt: instant(view, link.lastRoundAtMs),
        lastUpAt: instant(view, link.lastUpAtMs),
        unstableSince: instant(view, link.unstableSinceMs),
        roundTripSeconds: link.roundTripSeconds ?? null,
        lossRatio: link.lossRatio ?? null,
        httpStatus: link.httpStatus ?? null,
        certificateNotAfter: instant(view, link.certificate && Date.parse(link.certificate.notAfter)),
        certificateTrust: link.certificate?.trust ?? null,
      }));
    }),
};
