import type { Clock } from '../../shared/clock.ts';
import type { Spread } from './statistics.ts';

/** What a figure should be; a bench says whether it is, and nothing more. */
export interface Target {
  atMost: number;
  /** Which part of the spread must obey; the median unless told. */
  of?: 'median' | 'max';
}

export interface Figure {
  /** What was measured, in words. */
  name: string;
  unit: string;
  value: Spread;
  target?: Target;
  note?: string;
}

export interface BenchContext {
  isQuick: boolean;
  /** How often each measurement is repeated, interleaved with what it is compared with. */
  roundCount: number;
  clock: Clock;
  /** A folder of this run, on a real disk; removed at the end. */
  folder: string;
  /** Kept between runs. */
  cacheFolder: string;
  say: (line: string) => void;
  /** Registers what ends something; run in reverse order when the bench is over, also when it failed. */
  later(end: () => unknown): void;
}

/** One file in benches/ and one line in its registry. */
export interface Bench {
  name: string;
  /** One sentence for the help. */
  docs: string;
  /** @throws when something could not be measured, or when what was measured did not do its work. */
  run(context: BenchContext): Promise<Figure[]>;
}
