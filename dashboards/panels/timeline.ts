import {
  LegendDisplayMode,
  LegendPlacement,
  VisibilityMode,
  VizLegendOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { FieldColorBuilder, FieldColorModeId } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as StateTimelineBuilder } from '@grafana/grafana-foundation-sdk/statetimeline';
import { PanelBuilder as StatusHistoryBuilder } from '@grafana/grafana-foundation-sdk/statushistory';
import { type BoardPanel, type Face, finish } from './panel.ts';
import { overTime, type Query } from './queries.ts';

export interface TimelineFace extends Face {
  /** Rows on one page; the rest is turned to. */
  perPage?: number;
}

const legend = (): VizLegendOptionsBuilder =>
  new VizLegendOptionsBuilder()
    .showLegend(true)
    .displayMode(LegendDisplayMode.List)
    .placement(LegendPlacement.Bottom)
    .calcs([]);

/** The colour comes from what the value is called, or from the steps. */
const bySteps = (): FieldColorBuilder => new FieldColorBuilder().mode(FieldColorModeId.Thresholds);

/** One lane for each series, its state over the shown time. */
export function stateTimeline(face: TimelineFace, ...queries: Query[]): BoardPanel {
  const builder = new StateTimelineBuilder()
    .targets(overTime(queries))
    .colorScheme(bySteps())
    .showValue(VisibilityMode.Never)
    .mergeValues(true)
    .fillOpacity(85)
    .perPage(face.perPage ?? 20)
    .legend(legend());
  return finish(builder, face);
}

/**
 * One box for each series and each `interval` of the shown time.
 *
 * @param face.timeFrom how far back, whatever time the board shows.
 */
export function statusHistory(
  face: TimelineFace & { interval: string; timeFrom?: string },
  ...queries: Query[]
): BoardPanel {
  const builder = new StatusHistoryBuilder()
    .targets(overTime(queries).map((query) => query.interval(face.interval)))
    .colorScheme(bySteps())
    .showValue(VisibilityMode.Never)
    .fillOpacity(85)
    .perPage(face.perPage ?? 20)
    .legend(legend());
  if (face.timeFrom !== undefined) builder.timeFrom(face.timeFrom);
  return finish(builder, face);
}
