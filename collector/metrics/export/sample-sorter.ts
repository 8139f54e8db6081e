import { mergeRuns } from './merge-runs.ts';
import { type NumberedSample, type SampleRun, writeRun } from './sample-run.ts';

export interface SorterOptions {
  /** Where runs are written. */
  folder: string;
  /** So many samples are held in memory, 20 bytes each. */
  heldCount?: number;
  /** So many runs are open at a time. */
  openRuns?: number;
}

/**
 * Puts samples into the order of series and time with little memory: sorted runs on disk, joined at the end. Of samples
 * of one series and time the first that was added stays.
 */
export class SampleSorter {
  readonly #folder: string;
  readonly #openRuns: number;
  readonly #series: Uint32Array;
  readonly #atMs: Float64Array;
  readonly #values: Float64Array;
  #count = 0;
  #runs: SampleRun[] = [];
  #runNumber = 0;

  constructor({ folder, heldCount = 1 << 20, openRuns = 128 }: SorterOptions) {
    this.#folder = folder;
    this.#openRuns = openRuns;
    this.#series = new Uint32Array(heldCount);
    this.#atMs = new Float64Array(heldCount);
    this.#values = new Float64Array(heldCount);
  }

  add(series: number, atMs: number, value: number): void {
    if (this.#count === this.#series.length) this.#spill();
    this.#series[this.#count] = series;
    this.#atMs[this.#count] = atMs;
    this.#values[this.#count] = value;
    this.#count += 1;
  }

  /** Everything in order, once; nothing can be added afterwards. */
  *sorted(): Generator<NumberedSample> {
    yield* mergeRuns([...this.#runs.map((run) => run.samples()), this.#held()]);
  }

  close(): void {
    for (const run of this.#runs) run.close();
    this.#runs = [];
  }

  #spill(): void {
    if (this.#runs.length >= this.#openRuns) this.#joinRuns();
    this.#runs.push(this.#write(this.#held()));
    this.#count = 0;
  }

  #joinRuns(): void {
    const joined = this.#write(mergeRuns(this.#runs.map((run) => run.samples())));
    this.close();
    this.#runs.push(joined);
  }

  #write(samples: Iterable<NumberedSample>): SampleRun {
    this.#runNumber += 1;
    return writeRun(this.#folder, `.pantau-export-${process.pid}-${this.#runNumber}`, samples);
  }

  *#held(): Generator<NumberedSample> {
    const [series, times, values] = [this.#series, this.#atMs, this.#values];
    const order = new Uint32Array(this.#count).map((_, place) => place);
    order.sort((a, b) => (series[a] ?? 0) - (series[b] ?? 0) || (times[a] ?? 0) - (times[b] ?? 0) || a - b);
    for (const place of order) {
      yield { series: series[place] ?? 0, atMs: times[place] ?? 0, value: values[place] ?? 0 };
    }
  }
}
