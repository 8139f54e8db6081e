import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../collector/store/sqlite/sqlite-store.ts';
import { type CollectorProcess, startCollectorProcess } from '../../scripts/simulation/collector-process.ts';
import { reportsPath } from '../../shared/wire.ts';
import { type Api, apiOf } from '../kit/api.ts';
import { configText } from '../kit/config-text.ts';
import { type RawAnswer, rawRequest } from '../kit/raw-request.ts';
import { enrolAll } from '../kit/store-file.ts';
import { type TestAgent, testAgent } from '../kit/test-agent.ts';

/** A request as its bytes: what stands in `headers` comes after `host` and before the body. */
export interface Wire {
  headers: Record<string, string>;
  /** Sent with its length unless `pieces` say otherwise. */
  body?: Buffer | string;
  /** What is sent after the headers instead of a body with a length. */
  pieces?: readonly (Buffer | string)[];
  method?: string;
  path?: string;
}

/** A collector process that a test throws things at. */
export interface RealCollector {
  process: CollectorProcess;
  api: Api;
  agents: readonly TestAgent[];
  send(wire: Wire): Promise<RawAnswer | undefined>;
  /** Everything that a refused report must leave alone. */
  state(): Promise<unknown>;
  /** Reports refused for this reason so far. */
  refusedCount(code: string): Promise<number>;
  stop(): Promise<number | null>;
}

export async function startRealCollector(agentCount: number): Promise<RealCollector> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'pantau-hostile-'));
  const agents = Array.from({ length: agentCount }, (_, index) =>
    testAgent({ key: index + 1, node: `server-${index + 1}`, bootedAtMs: Date.now() - 3_600_000 }),
  );
  const store = openSqliteStore(join(dataFolder, 'pantau.db'));
  await enrolAll(store, agents, Date.now());
  await store.close();
  const process = await startCollectorProcess({ dataFolder, configText: configText({ intervalSeconds: 3600 }) });
  const api = apiOf(process);
  const counts = async () => {
    const page = await api.metrics();
    const lines = page.split('\n').filter((line) => line.startsWith('pantau_reports_total{'));
    return new Map(lines.map((line) => [/outcome="([^"]+)"/.exec(line)?.[1] ?? '', Number(line.split(' ').at(-1))]));
  };
  return {
    process,
    api,
    agents,
    send: (wire) => rawRequest(process.url, bytesOf(wire)),
    async state() {
      const counted = await counts();
      const accepted = [counted.get('accepted'), counted.get('duplicate')];
      return { accepted, nodes: await api.list('nodes'), links: await api.list('links') };
    },
    refusedCount: async (code) => (await counts()).get(code) ?? 0,
    async stop() {
      const code = await process.stop();
      rmSync(dataFolder, { recursive: true, force: true });
      return code;
    },
  };
}

function bytesOf({ method = 'POST', path = reportsPath, headers, body = '', pieces }: Wire): (Buffer | string)[] {
  const length: Record<string, string> =
    pieces === undefined ? { 'content-length': String(Buffer.byteLength(body)) } : {};
  const lines = Object.entries({ host: '127.0.0.1', ...headers, ...length }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  const head = `${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
  return [head, ...(pieces ?? [Buffer.from(body)])];
}
