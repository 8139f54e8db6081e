import { PanelBuilder } from '@grafana/grafana-foundation-sdk/bargauge';
import { BarGaugeDisplayMode, ReduceDataOptionsBuilder, VizOrientation } from '@grafana/grafana-foundation-sdk/common';
import { type BoardPanel, type Face, finish } from './panel.ts';
import { asOfNow, type Query } from './queries.ts';

/** One lying bar for each series, as it is now. Bound the number of series with `topk`. */
export function barGauge(face: Face, ...queries: Query[]): BoardPanel {
  const builder = new PanelBuilder()
    .targets(asOfNow(queries))
    .displayMode(BarGaugeDisplayMode.Basic)
    .orientation(VizOrientation.Horizontal)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false));
  return finish(builder, face);
}
