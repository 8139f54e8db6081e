import type { Report } from '../../shared/report-schema.ts';
import type { Labels, PointInTime, PrometheusApi } from './prometheus-api.ts';
import { probe, type TestAgent } from './test-agent.ts';

/** Samples of series, oldest first, by the name of the series. */
export type SampleBook = Map<string, PointInTime[]>;

type Told = [metric: string, labels: Labels, value: number];

/** What a report says of some families of each kind, written down without the code that is tested. */
export function toldBy(report: Report): Told[] {
  const filesystems = (report.filesystems ?? []).map((row): Told => [
    'pantau_node_filesystem_available_bytes',
    { mount: row.mount },
    row.availableBytes,
  ]);
  const interfaces = (report.interfaces ?? []).map((row): Told => [
    'pantau_interface_receive_bytes_total',
    { interface: row.name },
    row.receiveBytes,
  ]);
  const links = (report.probes ?? []).flatMap(({ layer, target, name, state, roundTripSeconds = -1 }): Told[] => [
    ['pantau_link_up', { layer, target, probe: name }, state === 'up' ? 1 : 0],
    ['pantau_link_round_trip_seconds', { layer, target, probe: name }, roundTripSeconds],
  ]);
  const busy: Told = ['pantau_node_cpu_busy_ratio', {}, report.cpu?.busyRatio ?? -1];
  return [['pantau_node_up', {}, 1], busy, ...filesystems, ...interfaces, ...links];
}

/**
 * A report whose figures differ from minute to minute and from `seed` to `seed`. They are decimals of few digits, as the
 * agents': VictoriaMetrics keeps fifteen of them.
 */
export function minuteReport(agent: TestAgent, takenAtMs: number, { minute, seed }: { minute: number; seed: number }) {
  return agent.report(takenAtMs, {
    cpu: { count: 2, busyRatio: ((minute * 7 + seed) % 100) / 100 },
    filesystems: [
      { mount: '/', device: 'sda', type: 'ext4', sizeBytes: 1e12, availableBytes: 1e11 - minute * 4096 - seed },
      { mount: hostileName, device: 'sdb', type: 'ext4', sizeBytes: 1e12, availableBytes: minute },
    ],
    interfaces: [{ name: 'eth0', up: true, receiveBytes: 2 ** 40 + minute * 1500 + seed, transmitBytes: 0 }],
    probes: [probe('up', { roundTripSeconds: (1 + ((minute + seed) % 13)) / 1000 })],
  });
}

/** What intake lets through, and could be taken for something else. */
const hostileName = 'C:\\data "lama"\\n{x="1"} # EOF ✓';

/** The agents' own record of the families above. @param labels are on every series. */
export function ownRecord(
  all: readonly { agent: TestAgent; reports: readonly Report[] }[],
  labels: Labels,
): SampleBook {
  const book: SampleBook = new Map();
  for (const { agent, reports } of all) {
    const { pd, site, node } = agent.row;
    for (const report of reports.toSorted((a, b) => Date.parse(a.takenAt) - Date.parse(b.takenAt))) {
      for (const [metric, own, value] of toldBy(report)) {
        const name = seriesName({ __name__: metric, pd, site, node, ...labels, ...own });
        const samples = book.get(name) ?? [];
        samples.push({ atMs: Date.parse(report.takenAt), value });
        book.set(name, samples);
      }
    }
  }
  return book;
}

/** Metrics that a record speaks of. */
export function metricsIn(book: SampleBook): string[] {
  return [...new Set([...book.keys()].map((name) => /"__name__","(\w+)"/.exec(name)?.[1] ?? ''))];
}

/** What a server has of some series, sample by sample; what is not known at a moment is left out. */
export async function samplesIn(
  server: Pick<PrometheusApi, 'samples'>,
  selector: string,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): Promise<SampleBook> {
  const series = await server.samples(selector, fromMs, toMs);
  const book: SampleBook = new Map(
    series.map(({ labels, samples }) => [seriesName(labels), samples.filter(({ value }) => !Number.isNaN(value))]),
  );
  if (book.size !== series.length) throw new Error(`a series of ${selector} is told in several pieces`);
  return book;
}

/** One sentence for each series that is not as it should be. */
export function differences(found: SampleBook, wanted: SampleBook): string[] {
  const names = new Set([...found.keys(), ...wanted.keys()]);
  return [...names].flatMap((name) => {
    const [has, should] = [found.get(name) ?? [], wanted.get(name) ?? []];
    const text = ({ atMs, value }: PointInTime) => `${value} at ${new Date(atMs).toISOString()}`;
    const [there, needed] = [new Set(has.map(text)), new Set(should.map(text))];
    const missing = [...needed].filter((each) => !there.has(each));
    const extra = [...there].filter((each) => !needed.has(each));
    const isInOrder = has.every(({ atMs }, place) => place === 0 || atMs > (has[place - 1]?.atMs ?? Infinity));
    if (missing.length === 0 && extra.length === 0 && has.length === should.length && isInOrder) return [];
    const some = (list: string[]) => `${list.length} (${[...list.slice(0, 2), ...list.slice(-1)].join(', ')})`;
    const order = isInOrder ? '' : ', not in order';
    return [
      `${name}: of ${should.length} there are ${has.length}, missing ${some(missing)}, extra ${some(extra)}${order}`,
    ];
  });
}

function seriesName(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
