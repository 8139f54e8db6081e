import { BigValueColorMode, BigValueGraphMode, ReduceDataOptionsBuilder } from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { unknownText } from './mappings.ts';
import { type BoardPanel, type Face, finish } from './panel.ts';
import { asOfNow, type Query } from './queries.ts';

/** One number (or a few), large, as it is now. */
export function stat(face: Face, ...queries: Query[]): BoardPanel {
  const builder = new PanelBuilder()
    .targets(asOfNow(queries))
    .colorMode(
      face.steps === undefined && face.mappings === undefined ? BigValueColorMode.None : BigValueColorMode.Background,
    )
    .graphMode(BigValueGraphMode.None)
    .noValue(unknownText)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false));
  return finish(builder, face);
}
