import type { ReportReference } from '../../shared/evidence.ts';
import type { State } from '../../shared/states.ts';

/** A machine of a department that an agent is enrolled on, whether it was ever heard or not. */
export interface MachineView {
  node: string;
  site: string;
  /** It is the router of its site. */
  isRouter: boolean;
  isFresh: boolean;
  lastHeardAtMs: number | undefined;
  /** When its newest inventory was taken. */
  inventoryAtMs: number | undefined;
  /**
   * Where it stands: `pusat-data` when it has an address in the networks of the Pusat Data, or its site is the Pusat Data
   * itself; `elsewhere` when what it tells of its network, or the way of its reports, shows another place.
   */
  stands: 'pusat-data' | 'elsewhere' | 'unknown';
  record: ReportReference;
}

/** A page for the public that the department has registered. */
export interface WebsiteView {
  host: string;
  /** The name by which its months are kept: the host, with dashes for dots. */
  place: string;
  /** As it is seen best by the agents at the Pusat Data; undefined while none has looked. */
  seen:
    | {
        state: State;
        sinceMs: number;
        lastUpAtMs: number | undefined;
        lastRoundAtMs: number;
        reason: string | undefined;
        record: ReportReference;
      }
    | undefined;
}

/** What agents measure of a department, beside what is on its machines. */
export interface MeasuredFacts {
  machines: MachineView[];
  /** `none`: the Pemda says that the department has no website. */
  websites: WebsiteView[] | 'none';
  /** Agents at the Pusat Data that may look at websites. */
  vantageCount: number;
}

export const nothingMeasured: MeasuredFacts = { machines: [], websites: [], vantageCount: 0 };
