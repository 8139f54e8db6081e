import type { IntervalSeconds } from '../../shared/agent-config-schema.ts';
import type { Clock } from '../../shared/clock.ts';
import type { OperatorApi } from './operator-api.ts';
import type { Pauses } from './pauses.ts';
import type { SpoolingAgent } from './spooling-agent.ts';

/** What a scenario plays with. */
export interface World {
  agents: readonly SpoolingAgent[];
  intervalSeconds: number;
  /** Undefined: until it is stopped. */
  durationSeconds: number | undefined;
  clock: Clock;
  pauses: Pauses;
  signal: AbortSignal;
  api: OperatorApi;
  say: (line: string) => void;
}

export interface ScenarioConfigOptions {
  pdCount: number;
  intervalSeconds: IntervalSeconds;
  port: number;
  drainBatchesPerMinute: number;
  /** Channels as they stand under `notify`. */
  notify: readonly Readonly<Record<string, unknown>>[];
  /** Receivers as they stand under `remoteWrite`. */
  remoteWrite: readonly Readonly<Record<string, unknown>>[];
}

/** One file in scenarios/ and one line in its registry. */
export interface Scenario {
  name: string;
  /** One sentence for the help. */
  docs: string;
  intervalSeconds: IntervalSeconds;
  /** Without --duration; undefined runs until it is stopped. */
  durationSeconds: number | undefined;
  /** Departments without any dataset, in a collector of the simulation's own. */
  withoutDatasets?: readonly string[];
  /** How many departments that collector has, when --departments does not say. */
  departmentCount?: number;
  /** The configuration of that collector, when it is not the usual one. */
  config?: (options: ScenarioConfigOptions) => string;
  /** Whether that collector's Pusat Data has a vault, so that a claim alone is not enough. */
  vault?: boolean;
  /** Resolves when its time is over or `world.signal` is aborted. Whether all was delivered is checked afterwards. */
  run(world: World): Promise<void>;
}
