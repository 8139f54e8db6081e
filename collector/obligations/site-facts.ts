import type { ReportReference } from '../../shared/evidence.ts';
import type { ProbeCertificate } from '../../shared/probe-schema.ts';
import type { Layer, State } from '../../shared/states.ts';
import type { AddressPlace } from '../facts/registered-networks.ts';
import type { Slot, TrafficTotals } from '../facts/traffic-totals.ts';
import type { EndedApproval, SiteApproval } from './bandwidth-approval.ts';

/** What one prober knows of one target. */
export interface LinkView {
  layer: Layer;
  kind: string;
  /** `unknown` also when the prober itself has fallen silent. */
  state: State;
  sinceMs: number;
  target: string;
  reason: string | undefined;
  /** The server behind the router that was probed, when it was not the router. */
  node: string | undefined;
  /** The node that sent the probes. */
  prober: string;
  /** The probe was sent from the Pusat Data, not from the site itself. */
  fromPusatData: boolean;
  lastRoundAtMs: number;
  /** Its last answer; undefined when it never gave one: it may be hidden, not dead. */
  lastUpAtMs: number | undefined;
  /** Rounds in a row that were answered, or were not; one of the two is 0. */
  goodRounds: number;
  badRounds: number;
  /** It has answered for long enough to call an outage over. */
  isSettled: boolean;
  /** Since when it comes and goes. */
  unstableSinceMs: number | undefined;
  /** Over the last rounds that answered. */
  averages: { roundCount: number; roundTripSeconds: number | undefined; lossRatio: number | undefined };
  certificate: ProbeCertificate | undefined;
  record: ReportReference;
}

/** An agent that is enrolled at the site. */
export interface SiteAgentView {
  node: string;
  roles: readonly ('vantage' | 'vault')[];
  isFresh: boolean;
  /** Since when it has been heard without a gap; undefined while it is silent. */
  freshSinceMs: number | undefined;
  /** Since when it counts as silent; undefined while it is fresh, or when it was never heard. */
  silentSinceMs: number | undefined;
  /** It runs on the router: what it does says nothing about the LAN behind it. */
  isRouter: boolean;
  /** When its newest report came in. */
  lastHeardAtMs: number | undefined;
  /** That was after the collector began to listen: its silence is not the collector's own. */
  wasHeardSinceStart: boolean;
  /** When its machine was started, by the newest report. */
  bootedAtMs: number | undefined;
  /** Where its newest report came from; undefined where that is not known. */
  arrivesFrom: 'intra' | 'outside' | undefined;
  record: ReportReference;
}

/** What carries the WAN of a site. */
export type LinkMedium = 'fiber' | 'radio' | 'cellular' | 'satellite';

/** The use of a site's WAN in the last 24 hours. */
export interface TrafficView {
  approval: SiteApproval | undefined;
  /** Why the register gives no approval, where one that is entered there has ended. */
  endedApproval?: EndedApproval | undefined;
  totals: TrafficTotals;
  /** The last slots that are whole, the newest last; three at most. */
  recent: Slot[];
  record: ReportReference | undefined;
}

/** Which ways the machines of a site take now, by the Pemda's register. */
export interface PathView {
  /** Without registered networks nothing can be told apart. */
  isRegistered: boolean;
  /** The site has a link to the Jaringan Intra: its router is registered, or a report ever came through. */
  isConnected: boolean;
  agents: AgentPathView[];
}

export interface AgentPathView {
  node: string;
  isFresh: boolean;
  /** Where its newest report came from; undefined where that is not known. */
  source:
    | {
        address: string;
        place: AddressPlace;
        /** Since when its reports have come from such a place without a break. */
        sinceMs: number;
        record: ReportReference;
      }
    | undefined;
  /** What shows another way beside the Jaringan Intra, the surest sign first. */
  signs: WaySign[];
  /** What shows that its way out is the Pemda's own, the surest first. */
  ownWays: OwnWay[];
}

export interface WaySign {
  /**
   * A default route that does not lead into the site's own network, an address on the internet that is not the Pemda's,
   * or a step of the way to the Pusat Data that nobody registered.
   */
  kind: 'gateway' | 'egress' | 'hop';
  address: string;
  sinceMs: number;
  record: ReportReference;
}

/** A default route into the Jaringan Intra, or an address on the internet that is the Pemda's. */
export interface OwnWay {
  kind: 'egress' | 'gateway';
  address: string;
  record: ReportReference;
}

export interface SiteSubjectFacts {
  links: LinkView[];
  /** The newest report of a node at the site that is fresh: it came through the WAN just now. */
  freshReport: { receivedAtMs: number; record: ReportReference } | undefined;
  /** The site is where the probes start from: nothing can be said about a way to itself. */
  isVantagePoint: boolean;
  /** With `isVantagePoint`: its agents cannot look out, so that what they do not reach says nothing. */
  isOwnUplinkDown: boolean;
  /** Agents registered at the site. */
  agentCount: number;
  agents: SiteAgentView[];
  /** The router as it is registered; `countsWan` when somebody is to read what its WAN interfaces carry. */
  router?: { address: string; countsWan: boolean } | undefined;
  medium: LinkMedium | undefined;
  /** Layers of the targets that the Pemda lets somebody probe, besides `lan` and `wan`. */
  targetLayers: readonly Layer[];
  /** The same targets as they are seen from the Pusat Data. */
  atPusatData: LinkView[];
  /**
   * Before this moment the silence of an agent that was not heard yet proves nothing: the collector has only just begun
   * to listen.
   */
  silenceCountsFromMs: number;
  /** Undefined when nothing of the last day was measured. */
  traffic?: TrafficView | undefined;
  /** Which ways its reports take. */
  path?: PathView;
}
