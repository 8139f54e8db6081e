import { parse, stringify } from 'yaml';
import { knownNames } from '../../collector/cli/known-names.ts';
import { parseConfig } from '../../collector/config/load-config.ts';
import type { PantauConfig } from '../../collector/config/schema.ts';
import type { ReportProbe } from '../../shared/report-schema.ts';
import type { State } from '../../shared/states.ts';
import { configText, type TestConfig } from './config-text.ts';
import type { JudgingBench } from './judging-bench.ts';
import { probe, type TestAgent, testAgent } from './test-agent.ts';

const hook = { id: 'kait', kind: 'webhook', url: 'http://127.0.0.1:9/hook' };

export interface WidePemda extends TestConfig {
  siteCount: number;
  /** The area of each site by its number; none when absent. */
  areaOf?: (number: number) => string | undefined;
  /** Datasets of the department of each site by its number. */
  datasetsOf?: (number: number) => Record<string, unknown>[];
  maintenance?: Record<string, unknown>[];
  obligations?: Record<string, unknown>;
}

/** `pd-<number>/kantor`, the only site of each department. */
export const siteName = (number: number): string => `pd-${number}/kantor`;

/** A Pemda with many departments of one site each, every router probed from the Pusat Data, one channel. */
export function widePemda(options: WidePemda): PantauConfig {
  const plain = parse(configText({ intervalSeconds: 60, notify: [hook], ...options })) as Record<string, unknown>;
  const { siteCount, areaOf = () => undefined, datasetsOf = () => [] } = options;
  const departments = Array.from({ length: siteCount }, (_, number) => {
    const area = areaOf(number);
    const datasets = datasetsOf(number).map((dataset) => ({ proof: 'claimed', ...dataset }));
    const site = { id: 'kantor', router: { address: `10.21.${number}.1` }, ...(area === undefined ? {} : { area }) };
    return { id: `pd-${number}`, name: `Dinas ${number}`, sites: [site], datasets };
  });
  const [diskominfo] = plain['perangkatDaerah'] as unknown[];
  const duties = plain['obligations'] as Record<string, { waived?: { pd: string }[] }>;
  for (const duty of Object.values(duties)) {
    const [first] = duty.waived ?? [];
    duty.waived = ['diskominfo', ...departments.map(({ id }) => id)].map((pd) => ({ ...first, pd }));
  }
  const text = stringify({
    ...plain,
    perangkatDaerah: [diskominfo, ...departments],
    maintenance: options.maintenance ?? [],
    obligations: { ...duties, ...options.obligations },
  });
  return parseConfig(text, 'pantau.yaml', knownNames);
}

export function vantage(): TestAgent {
  return testAgent({ key: 1, pd: 'diskominfo', site: 'pusat-data', node: 'pemantau', roles: ['vantage'] });
}

/** What the agent at the Pusat Data finds of each router. */
export function routerProbes(states: readonly State[]): ReportProbe[] {
  return states.map((state, number) =>
    probe(state, { name: `wan/${siteName(number)}`, pd: `pd-${number}`, site: 'kantor', target: `10.21.${number}.1` }),
  );
}

/** Lets minutes pass, in each of which the vantage tells how every router is. */
export async function minutes(
  bench: JudgingBench,
  agent: TestAgent,
  count: number,
  stateOf: (number: number, minute: number) => State,
  also: (minute: number) => Promise<void> = async () => {},
): Promise<void> {
  const siteCount = bench.config.perangkatDaerah.length - 1;
  for (let minute = 0; minute < count; minute += 1) {
    const states = Array.from({ length: siteCount }, (_, number) => stateOf(number, minute));
    await bench.send(agent, [agent.report(bench.clock.nowMs(), { probes: routerProbes(states) })]);
    await also(minute);
    await bench.pass(60_000, 10_000);
  }
}
