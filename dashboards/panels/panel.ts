import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  type DashboardLink,
  type Panel,
  type ThresholdsConfig,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { type Colour, colours } from './colours.ts';
import { dataSource } from './data-source.ts';
import { unknownIsGrey } from './mappings.ts';

/** From this value on, this colour. Below the first, and where there is no value, it is grey. */
export type Steps = readonly (readonly [from: number, colour: Colour])[];

/** Below every value that is measured. */
export const lowest = -1e15;

/** What every kind of panel has. Width is in 24ths of the board, height in rows of about 30 pixels. */
export interface Face {
  title: string;
  description: string;
  width: number;
  height: number;
  unit?: string;
  decimals?: number;
  min?: number;
  max?: number;
  steps?: Steps;
  mappings?: readonly ValueMapping[];
  links?: readonly Builder<DashboardLink>[];
  /** No finer steps than this, for what is dear to work out. */
  interval?: string;
  /** On a good day its queries return nothing; then it says so. */
  normallyEmpty?: boolean;
}

/** A panel on its way to its place on a board. */
export interface BoardPanel {
  panel: Panel;
  width: number;
  height: number;
  normallyEmpty: boolean;
}

export const emptyText = 'Tidak ada';

export function thresholdsOf(steps: Steps): Builder<ThresholdsConfig> {
  return new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps([{ value: null, color: colours.unknown }, ...steps.map(([value, color]) => ({ value, color }))]);
}

/** The methods that the SDK's builders of all kinds share. */
interface AnyPanelBuilder extends Builder<Panel> {
  title(title: string): this;
  description(description: string): this;
  datasource(datasource: typeof dataSource): this;
  unit(unit: string): this;
  decimals(decimals: number): this;
  min(min: number): this;
  max(max: number): this;
  thresholds(thresholds: Builder<ThresholdsConfig>): this;
  mappings(mappings: ValueMapping[]): this;
  dataLinks(links: Builder<DashboardLink>[]): this;
  noValue(text: string): this;
  interval(interval: string): this;
}

/** Gives a panel of any kind its face. */
export function finish(builder: AnyPanelBuilder, face: Face): BoardPanel {
  const { unit, decimals, min, max, steps = [], links = [], normallyEmpty = false } = face;
  builder.title(face.title).description(face.description).datasource(dataSource).thresholds(thresholdsOf(steps));
  builder.mappings([...(face.mappings ?? []), ...(normallyEmpty ? [] : [unknownIsGrey])]);
  if (unit !== undefined) builder.unit(unit);
  if (decimals !== undefined) builder.decimals(decimals);
  if (min !== undefined) builder.min(min);
  if (max !== undefined) builder.max(max);
  if (links.length > 0) builder.dataLinks([...links]);
  if (face.interval !== undefined) builder.interval(face.interval);
  if (normallyEmpty) builder.noValue(emptyText);
  return { panel: builder.build(), width: face.width, height: face.height, normallyEmpty };
}
