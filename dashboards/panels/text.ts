import { PanelBuilder, TextMode } from '@grafana/grafana-foundation-sdk/text';
import { type BoardPanel, type Face, finish } from './panel.ts';

/** Words of explanation, in Markdown. */
export function text(face: Face, markdown: string): BoardPanel {
  return finish(new PanelBuilder().mode(TextMode.Markdown).content(markdown), face);
}
