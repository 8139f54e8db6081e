// A page of the collector, served by others: `fixed` sends its bytes from memory, which is what receiving and parsing
// cost alone; `prom-client` holds each series in that library. SIGHUP changes a quarter of the values there.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Counter, Gauge, Registry } from 'prom-client';
import { readPage, type PageSample } from './page-text.ts';

const [kind = '', pageFile = ''] = process.argv.slice(2);
const changedShare = 4;

interface Page {
  contentType: string;
  text(): Promise<string | Buffer>;
  change(): void;
}

function fixedPage(): Page {
  const bytes = readFileSync(pageFile);
  return { contentType: Registry.PROMETHEUS_CONTENT_TYPE, text: async () => bytes, change: () => {} };
}

function libraryPage(): Page {
  const registry = new Registry();
  const changes: (() => void)[] = [];
  for (const { type, help, samples } of readPage(readFileSync(pageFile, 'utf8'))) {
    for (const [name, own] of Map.groupBy(samples, (sample) => sample.name)) {
      const labelNames = Object.keys(own[0]?.labels ?? {});
      const head = { name, help, labelNames, registers: [registry] };
      const metric = type === 'counter' ? new Counter(head) : new Gauge(head);
      for (const sample of own) changes.push(changeOf(metric, sample));
    }
  }
  for (const change of changes) change();
  let round = 0;
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    change() {
      for (let place = round % changedShare; place < changes.length; place += changedShare) changes[place]?.();
      round += 1;
    },
  };
}

/** Grows a counter, sets a gauge. */
function changeOf(metric: Counter | Gauge, { labels, value }: PageSample): () => void {
  return () => {
    if (metric instanceof Gauge) metric.set(labels, value * (1 + Math.random() / 1000));
    else metric.inc(labels, Math.max(1, Math.round(value / 1000)));
  };
}

const page = kind === 'fixed' ? fixedPage() : libraryPage();
const server = createServer((_request, response) => {
  void page.text().then((text) => {
    response.writeHead(200, { 'content-type': page.contentType, 'content-length': Buffer.byteLength(text) });
    response.end(text);
  });
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`port ${(server.address() as AddressInfo).port}\n`));
process.on('SIGHUP', () => page.change());
process.once('SIGTERM', () => process.exit(0));
