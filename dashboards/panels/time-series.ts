import {
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  LineInterpolation,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import type { Colour } from './colours.ts';
import { type BoardPanel, type Face, finish } from './panel.ts';
import { overTime, type Query } from './queries.ts';

export interface ChartFace extends Face {
  stacked?: boolean;
  /** For what holds until it changes: states, counts. */
  stepped?: boolean;
  /** Figures of each series beside its name; `lastNotNull` and `max` if not said. */
  calcs?: readonly string[];
  /** Series that mean the same on every board keep their colour: name in the legend to colour. */
  seriesColours?: Readonly<Record<string, Colour>>;
  /** Words for codes in the legend: code to words. Another code is shown as it is. */
  seriesNames?: Readonly<Record<string, string>>;
}

/** Lines over time; a gap stays a gap. `steps` are drawn as lines. */
export function timeSeries(face: ChartFace, ...queries: Query[]): BoardPanel {
  const builder = new PanelBuilder()
    .targets(overTime(queries))
    .lineWidth(1)
    .fillOpacity(face.stacked === true ? 60 : 8)
    .showPoints(VisibilityMode.Never)
    .spanNulls(false)
    .lineInterpolation(face.stepped === true ? LineInterpolation.StepAfter : LineInterpolation.Linear)
    .stacking(new StackingConfigBuilder().mode(face.stacked === true ? StackingMode.Normal : StackingMode.None))
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending))
    .legend(
      new VizLegendOptionsBuilder()
        .showLegend(true)
        .displayMode(LegendDisplayMode.Table)
        .placement(LegendPlacement.Bottom)
        .calcs([...(face.calcs ?? ['lastNotNull', 'max'])]),
    );
  if (face.steps !== undefined) {
    builder.thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
  }
  for (const [name, colour] of Object.entries(face.seriesColours ?? {})) {
    builder.overrideByName(name, [{ id: 'color', value: { mode: 'fixed', fixedColor: colour } }]);
  }
  for (const [code, words] of Object.entries(face.seriesNames ?? {})) {
    builder.overrideByName(code, [{ id: 'displayName', value: words }]);
  }
  return finish(builder, face);
}
