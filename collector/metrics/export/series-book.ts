import { AppError } from '../../../shared/errors.ts';
import { escapeLabel } from '../exposition.ts';
import type { MetricFamily, Sample } from '../family.ts';

type Labels = Sample['labels'];

const seriesPerFamily = 2 ** 24;

/**
 * Gives each series a number by which those of one family stand together, in the order of the page. What it remembers
 * grows with the number of series, not with that of samples.
 */
export class SeriesBook {
  readonly #families: readonly MetricFamily[];
  readonly #externalLabels: Labels;
  readonly #numbers: Map<string, number>[];
  readonly #texts: string[][];

  /** @param externalLabels stand behind those of each series. */
  constructor(families: readonly MetricFamily[], externalLabels: Labels) {
    this.#families = families;
    this.#externalLabels = externalLabels;
    this.#numbers = families.map(() => new Map<string, number>());
    this.#texts = families.map(() => []);
  }

  get seriesCount(): number {
    return this.#texts.reduce((count, texts) => count + texts.length, 0);
  }

  /** @param family its place among the families. */
  numberOf(family: number, labels: Labels): number {
    const text = [...labels, ...this.#externalLabels]
      .map(([name, value]) => `${name}="${escapeLabel(value)}"`)
      .join(',');
    const numbers = this.#numbers[family];
    const texts = this.#texts[family];
    if (numbers === undefined || texts === undefined) throw new Error(`there is no family ${family}`);
    const known = numbers.get(text);
    if (known !== undefined) return known;
    const taken = labels.find(([name]) => this.#externalLabels.some(([external]) => external === name));
    if (taken !== undefined) {
      throw new AppError('usage', `The label "${taken[0]}" is one of Pantau's own series; choose another name.`);
    }
    if (texts.length === seriesPerFamily) throw new Error(`more than ${seriesPerFamily} series in one family`);
    const number = family * seriesPerFamily + texts.length;
    numbers.set(text, number);
    texts.push(text);
    return number;
  }

  familyOf(series: number): MetricFamily {
    const family = this.#families[Math.floor(series / seriesPerFamily)];
    if (family === undefined) throw new Error(`there is no series ${series}`);
    return family;
  }

  /** As it stands on a line in front of the value. */
  nameOf(series: number): string {
    const text = this.#texts[Math.floor(series / seriesPerFamily)]?.[series % seriesPerFamily] ?? '';
    return text === '' ? this.familyOf(series).name : `${this.familyOf(series).name}{${text}}`;
  }
}
