import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchContext } from '../bench.ts';
import { findProgram, freePort, loadCpu, startProgram, untilReady } from '../child-programs.ts';

/** A real Prometheus with one target; it stands still between two measurements, so that none disturbs another. */
export interface Scraper {
  /** Lets it scrape twice. @param between done after the first. @returns what it says of how long each took. */
  scrapeTwice(between: () => Promise<void>): Promise<[firstSeconds: number, secondSeconds: number]>;
  /** How many samples the last scrape had. */
  sampleCount(): Promise<number>;
}

const intervalSeconds = 10;
const withinMs = 120_000;

export async function startScraper(context: BenchContext, name: string, port: number): Promise<Scraper> {
  const program = findProgram('prometheus');
  if (program === undefined) throw new Error('Debian’s prometheus is not installed.');
  const folder = join(context.folder, `prometheus-${name}`);
  mkdirSync(folder, { recursive: true });
  const configFile = join(folder, 'prometheus.yml');
  writeFileSync(
    configFile,
    `scrape_configs: [{job_name: bench, scrape_interval: ${intervalSeconds}s, scrape_timeout: ${intervalSeconds}s, ` +
      `static_configs: [{targets: ["127.0.0.1:${port}"]}]}]\n`,
  );
  const address = `127.0.0.1:${await freePort()}`;
  const options = [`--config.file=${configFile}`, `--storage.tsdb.path=${join(folder, 'data')}`];
  const command = [program, ...options, `--web.listen-address=${address}`, '--log.level=error'];
  const running = startProgram(command, { cpu: loadCpu });
  context.later(async () => {
    process.kill(running.pid, 'SIGCONT');
    await running.end();
  });
  await untilReady(running, async () => {
    const answer = await fetch(`http://${address}/-/ready`).catch(() => {});
    return answer?.status === 200 ? true : undefined;
  });
  const durations = () => valuesOf(address, `scrape_duration_seconds[2m]`);
  /** The next scrape that begins after this moment, as Prometheus knows it. */
  async function next(afterSeconds: number): Promise<[atSeconds: number, value: number]> {
    for (let waitedMs = 0; waitedMs < withinMs; waitedMs += 250) {
      const found = (await durations()).find(([atSeconds]) => atSeconds > afterSeconds);
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    throw new Error(`Prometheus did not scrape ${name} within ${withinMs / 1000} s.`);
  }
  const scraper: Scraper = {
    async scrapeTwice(between) {
      const beganAtSeconds = context.clock.nowMs() / 1000;
      process.kill(running.pid, 'SIGCONT');
      const [firstAtSeconds, firstSeconds] = await next(beganAtSeconds);
      await between();
      const [, secondSeconds] = await next(Math.max(firstAtSeconds, context.clock.nowMs() / 1000));
      const [up] = (await valuesOf(address, 'up[1m]')).slice(-1);
      process.kill(running.pid, 'SIGSTOP');
      if (up?.[1] !== 1) throw new Error(`Prometheus could not scrape ${name}.`);
      return [firstSeconds, secondSeconds];
    },
    sampleCount: async () => {
      process.kill(running.pid, 'SIGCONT');
      const [last] = (await valuesOf(address, 'scrape_samples_scraped[2m]')).slice(-1);
      process.kill(running.pid, 'SIGSTOP');
      return last?.[1] ?? Number.NaN;
    },
  };
  // The first scrape makes each series, which costs far more than all later ones.
  await scraper.scrapeTwice(async () => {});
  return scraper;
}

async function valuesOf(address: string, query: string): Promise<[atSeconds: number, value: number][]> {
  const answer = await fetch(`http://${address}/api/v1/query?query=${encodeURIComponent(query)}`);
  const { data } = (await answer.json()) as { data: { result: { values: [number, string][] }[] } };
  return (data.result[0]?.values ?? []).map(([atSeconds, value]) => [atSeconds, Number(value)]);
}
