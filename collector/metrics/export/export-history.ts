import { storedReports, reportAt } from '../../store/report-body.ts';
import type { ReportArchive } from '../../store/report-archive.ts';
import { families } from '../catalogue.ts';
import { formatValue } from '../exposition.ts';
import type { PlacedReport, Sample } from '../family.ts';
import { linkUpName } from '../link-families.ts';
import { endOfPage, headOf } from '../page-format.ts';
import { createFollowedStates } from './followed-states.ts';
import { formatSeconds } from './openmetrics-time.ts';
import type { NumberedSample } from './sample-run.ts';
import { SampleSorter, type SorterOptions } from './sample-sorter.ts';
import { SeriesBook } from './series-book.ts';

export interface ExportRequest {
  /** The first moment that counts. */
  fromMs: number;
  /** The first that does not. */
  untilMs: number;
  /** Only what speaks for this department. */
  pd?: string | undefined;
  externalLabels: Sample['labels'];
  sorter: SorterOptions;
}

export interface ExportCounts {
  reportCount: number;
  seriesCount: number;
  sampleCount: number;
}

/** So much of the time before is read, to know how links stood at the beginning. */
const leadMs = 15 * 60_000;
const linesPerChunk = 2000;

/**
 * What the kept reports say of the past, each sample at its own time, as OpenMetrics: families whole, series whole,
 * samples in order of time, each once. Nothing at all where there is no sample.
 * @param onCounts called now and then, and at the end.
 */
export function* exportHistory(
  archive: ReportArchive,
  request: ExportRequest,
  onCounts: (counts: ExportCounts) => void,
): Generator<string> {
  const book = new SeriesBook(families, request.externalLabels);
  const sorter = new SampleSorter(request.sorter);
  const counts = { reportCount: 0, seriesCount: 0, sampleCount: 0 };
  try {
    for (const placed of reportsOf(archive, request)) {
      if (placed.takenAtMs >= request.fromMs) counts.reportCount += 1;
      addSamples(placed, request, { book, sorter });
      onCounts(counts);
    }
    counts.seriesCount = book.seriesCount;
    const wanted = samplesWanted(sorter.sorted(), book, request);
    for (const chunk of chunksOf(wanted, book)) {
      counts.sampleCount += chunk.sampleCount;
      onCounts(counts);
      yield chunk.text;
    }
    if (counts.sampleCount > 0) yield endOfPage.openmetrics;
  } finally {
    sorter.close();
  }
}

function* reportsOf(archive: ReportArchive, { fromMs, untilMs }: ExportRequest): Generator<PlacedReport> {
  const agents = new Map(archive.agents().map((row) => [row.key, row]));
  for (const body of archive.bodies({ takenFromMs: fromMs - leadMs, takenUntilMs: untilMs })) {
    const row = agents.get(body.agentKey);
    if (row === undefined) continue;
    const reports = storedReports(body.encoding, body.body);
    for (const { place, takenAtMs } of body.reports) {
      const report = reportAt(reports, place);
      const { probes = [] } = report;
      yield {
        row,
        report,
        takenAtMs,
        stateOf: (probe) => probe.state,
        answers: (address) => probes.some(({ target, state }) => target === address && state === 'up'),
      };
    }
  }
}

function addSamples(
  placed: PlacedReport,
  { pd }: ExportRequest,
  { book, sorter }: { book: SeriesBook; sorter: SampleSorter },
): void {
  for (const [index, family] of families.entries()) {
    for (const { labels, value, atMs = placed.takenAtMs } of family.history?.(placed) ?? []) {
      if (pd !== undefined && !labels.some(([name, text]) => name === 'pd' && text === pd)) continue;
      sorter.add(book.numberOf(index, labels), atMs, value);
    }
  }
}

function* samplesWanted(
  sorted: Iterable<NumberedSample>,
  book: SeriesBook,
  { fromMs, untilMs }: ExportRequest,
): Generator<NumberedSample> {
  const follow = createFollowedStates();
  for (const sample of sorted) {
    const value = book.familyOf(sample.series).name === linkUpName ? follow(sample) : sample.value;
    if (sample.atMs >= fromMs && sample.atMs < untilMs) yield { ...sample, value };
  }
}

function* chunksOf(samples: Iterable<NumberedSample>, book: SeriesBook) {
  let [text, sampleCount] = ['', 0];
  let family: string | undefined;
  for (const { series, atMs, value } of samples) {
    const itsFamily = book.familyOf(series);
    if (itsFamily.name !== family) text += headOf(itsFamily, 'openmetrics');
    family = itsFamily.name;
    text += `${book.nameOf(series)} ${formatValue(value)} ${formatSeconds(atMs)}\n`;
    sampleCount += 1;
    if (sampleCount < linesPerChunk) continue;
    yield { text, sampleCount };
    [text, sampleCount] = ['', 0];
  }
  yield { text, sampleCount };
}
