import type { ReportReference } from '../../shared/evidence.ts';

/** An address that shows a way, and when it was seen. */
export interface SeenRow {
  address: string;
  /** On the day that it is kept with. */
  firstAtMs: number;
  lastAtMs: number;
  /** Since when each look saw it, up to the last one that did; may be on an earlier day. */
  sinceMs: number;
  firstRecord: ReportReference;
  /** The newest report that shows it. */
  record: ReportReference;
}

/** What looks at one thing saw, the newest first. */
export interface SeenList {
  /** The last look, whatever it saw; 0 before the first. */
  lookedAtMs: number;
  seen: SeenRow[];
}

/** Which way the reports of an agent took on one day of the Pemda's zone, and what it told of its network. */
export interface PathRow {
  agentKey: number;
  pd: string;
  site: string;
  /** `YYYY-MM-DD` */
  day: string;
  /** The first moment of the day at which it was heard. */
  fromMs: number;
  /** Source addresses of earlier days, the newest first. */
  knownSources: string[];
  /** Addresses on which its reports arrived. */
  sources: SeenList;
  /** Gateways of its default routes. */
  gateways: SeenList;
  /** Addresses under which the internet sees it. */
  egresses: SeenList;
  /** Steps of its way to the Pusat Data; `*` where nobody answers. */
  hops: SeenList;
}
