import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHttpReceiver, webhookConfigTo } from '../../collector/notify/notify-test-kit.ts';
import { type CollectorProcess, startCollectorProcess } from '../../scripts/simulation/collector-process.ts';
import { lengkapConfig } from '../../scripts/simulation/lengkap/lengkap-config.ts';
import { runSimulation } from '../../scripts/simulation/run-simulation.ts';
import { readSimulateArguments, type SimulateArguments } from '../../scripts/simulation/simulate-arguments.ts';
import { apiOf } from '../kit/api.ts';
import type { AtEnd } from '../kit/programs.ts';
import { historyConfig, type Prometheus, startPrometheus } from '../kit/prometheus.ts';
import { waitUntil } from '../kit/wait-until.ts';
import { copyQuickRules } from './quick-rules.ts';

export interface WholeKabupaten {
  collector: CollectorProcess;
  /** Scrapes the whole page each second. */
  prometheus: Prometheus;
  /** Is written to; scrapes only what the collector says of itself. */
  written: Prometheus;
  /** `<pd> <kind> <cause> <severity>` of what is open. */
  openIncidents(): Promise<string[]>;
}

export interface WholeKabupatenOptions {
  departmentCount: number;
  agentCount: number;
  intervalSeconds: number;
  atEnd: AtEnd;
}

/** A collector of its own, everything that the scenario "lengkap" plays with it, and a Prometheus that looks on. */
export async function startWholeKabupaten(options: WholeKabupatenOptions): Promise<WholeKabupaten> {
  const { atEnd, departmentCount, agentCount, intervalSeconds } = options;
  const folder = mkdtempSync(join(tmpdir(), 'pantau-test-'));
  atEnd(async () => rmSync(folder, { recursive: true, force: true }));
  const folderOf = (name: string) => join(folder, name);
  const written = await startPrometheus({
    folder: folderOf('written'),
    config: historyConfig,
    remoteWrite: true,
    atEnd,
  });
  const hook = await startHttpReceiver();
  atEnd(() => hook.close());
  const wanted = simulateArguments({ departments: departmentCount, agents: agentCount, interval: intervalSeconds });
  const collector = await startCollectorProcess({ dataFolder: folderOf('collector'), configText: configText() });
  atEnd(async () => void (await collector.stop()));
  const stop = new AbortController();
  const played = runSimulation({ wanted, collector: simulated(collector), stop: stop.signal, say: () => {} });
  // What goes wrong is told when it is waited for; until then nobody may call it unhandled.
  played.catch(() => {});
  atEnd(async () => {
    stop.abort();
    await played;
  });
  const target = new URL(collector.url).host;
  const ruleFiles = copyQuickRules(folder);
  const config = scrapingConfig(target, ruleFiles);
  const prometheus = await startPrometheus({ folder: folderOf('scraping'), config, atEnd });
  await written.reload(`${scrapingConfig(target, ruleFiles, ['collector'])}${historyConfig}`);
  const api = apiOf(collector);
  return {
    collector,
    prometheus,
    written,
    async openIncidents() {
      const rows = await api.list<Record<'pd' | 'kind' | 'cause' | 'severity' | 'state', string>>('incidents');
      const open = rows.filter(({ state }) => state !== 'resolved');
      return open.map(({ pd, kind, cause, severity }) => `${pd} ${kind} ${cause} ${severity}`).toSorted();
    },
  };

  function configText(): string {
    return lengkapConfig({
      pdCount: departmentCount,
      intervalSeconds: wanted.intervalSeconds ?? 1,
      port: 0,
      drainBatchesPerMinute: 600,
      notify: [webhookConfigTo(hook.url)],
      remoteWrite: [{ id: 'grafik', url: written.remoteWriteUrl, snapshotEvery: '10s' }],
    });
  }
}

function simulateArguments(numbers: Record<string, number>): SimulateArguments {
  const args = Object.entries(numbers).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const wanted = readSimulateArguments(['--scenario', 'lengkap', ...args]);
  if (wanted === undefined) throw new Error('help was asked for');
  return wanted;
}

/** @param groups what to ask for, everything when none is named. */
const scrapingConfig = (target: string, ruleFiles: readonly string[], groups: readonly string[] = []) => `
global: {scrape_interval: 1s, evaluation_interval: 1s}
rule_files: ${JSON.stringify(ruleFiles)}
scrape_configs:
  - job_name: pantau
    params: {'collect[]': ${JSON.stringify(groups)}}
    static_configs: [{targets: ['${target}']}]
`;

const simulated = (collector: CollectorProcess) => ({ ...collector, isOwn: true, close: async () => {} });

/** Waits until a Prometheus knows so many samples of the series that it looks at first, for rates and averages. */
export async function untilSeenFor(prometheus: Prometheus, scrapeCount: number): Promise<void> {
  await waitUntil(
    `${scrapeCount} scrapes`,
    async () => {
      const [seen] = await prometheus.query('count_over_time(pantau_store_size_bytes[1h])');
      return (seen?.value ?? 0) >= scrapeCount;
    },
    60_000,
  );
}
