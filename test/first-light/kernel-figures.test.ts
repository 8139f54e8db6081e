import { readFileSync } from 'node:fs';
import { statfsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startCollectorProcess } from '../../scripts/simulation/collector-process.ts';
import { apiOf } from '../kit/api.ts';
import { configText } from '../kit/config-text.ts';
import { enrolAgent, runAgent } from '../kit/enrolled-agent.ts';
import { needs } from '../requirements.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { waitUntil } from '../kit/wait-until.ts';

const linux = needs({ tools: ['ping'] });
const labels = 'pd="dinkes",site="kantor",node="server-a"';

const kernel = (path: string): string => readFileSync(path, 'utf8');
const meminfoBytes = (name: string): number =>
  Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(kernel('/proc/meminfo'))?.[1]) * 1024;

function counters(name: string): { received: number; sent: number } {
  const line = kernel('/proc/net/dev')
    .split('\n')
    .find((each) => each.trim().startsWith(`${name}:`));
  const fields = (line ?? '').split(':')[1]?.trim().split(/\s+/).map(Number) ?? [];
  return { received: fields[0] ?? Number.NaN, sent: fields[8] ?? Number.NaN };
}

describe.skipIf(!linux.ok)(`figures on /metrics${linux.ok ? '' : ` (skipped: ${linux.reason})`}`, () => {
  it('are the kernel’s own within one interval', async () => {
    const folder = temporaryFolder();
    const collectorData = join(folder, 'collector');
    const agentData = join(folder, 'agent');
    const collector = await startCollectorProcess({ dataFolder: collectorData, configText: configText() });
    try {
      const api = apiOf(collector);
      await enrolAgent({ collectorData, collectorUrl: collector.url, agentData, pd: 'dinkes', node: 'server-a' });
      runAgent(agentData);
      await waitUntil('a report', async () => (await api.series(`pantau_node_up{${labels}}`)) === 1);

      const bootSeconds = Number(/^btime (\d+)$/m.exec(kernel('/proc/stat'))?.[1]);
      expect(await api.series(`pantau_node_boot_timestamp_seconds{${labels}}`)).toBe(bootSeconds);
      expect(await api.series(`pantau_node_memory_size_bytes{${labels}}`)).toBe(meminfoBytes('MemTotal'));

      const page = await api.metrics();
      const mount = /pantau_node_filesystem_size_bytes\{[^}]*mount="([^"]+)"\}/.exec(page)?.[1] ?? '';
      const filesystem = statfsSync(mount);
      expect(await api.series(`pantau_node_filesystem_size_bytes{${labels},mount="${mount}"}`)).toBe(
        filesystem.blocks * filesystem.bsize,
      );

      const name = /pantau_interface_receive_bytes_total\{[^}]*interface="([^"]+)"\}/.exec(page)?.[1] ?? '';
      // A counter lies between what the kernel says before and after the report was taken.
      const before = counters(name);
      const readAtMs = Date.now();
      await waitUntil('a report that was taken afterwards', async () => {
        const atSeconds = await api.series(`pantau_node_last_report_timestamp_seconds{${labels}}`);
        return atSeconds !== undefined && atSeconds * 1000 > readAtMs;
      });
      const received = await api.series(`pantau_interface_receive_bytes_total{${labels},interface="${name}"}`);
      const sent = await api.series(`pantau_interface_transmit_bytes_total{${labels},interface="${name}"}`);
      const after = counters(name);
      expect(received).toBeGreaterThanOrEqual(before.received);
      expect(received).toBeLessThanOrEqual(after.received);
      expect(sent).toBeGreaterThanOrEqual(before.sent);
      expect(sent).toBeLessThanOrEqual(after.sent);
    } finally {
      await collector.stop();
    }
  });
});
