import { formatValue, seriesText } from './exposition.ts';
import type { AgentFamily, FleetFamily } from './family.ts';
import type { FleetView } from './fleet-view.ts';
import { headOf, type PageFormat } from './page-format.ts';
import type { PageWriter } from './page-writer.ts';
import type { LinesPlace } from './rendered-agents.ts';
import type { ShownAgents } from './shown-agents.ts';
import type { TimeSlices } from './time-slices.ts';

/** What the lines of one page pass through. */
export interface Printing {
  view: FleetView;
  format: PageFormat;
  writer: PageWriter;
  slices: TimeSlices;
}

/** A look at the clock costs as much as a line. */
const linesPerLook = 32;

/** The lines of a family that is worked out from the whole. */
export async function* fleetPart(
  family: FleetFamily,
  { view, format, writer, slices }: Printing,
): AsyncGenerator<Buffer> {
  const seen = new Set<string>();
  for (const { labels, value } of family.samples(view)) {
    const series = seriesText(family.name, labels);
    if (seen.has(series)) continue;
    if (seen.size === 0) writer.write(headOf(family, format));
    seen.add(series);
    writer.write(`${series} ${formatValue(value)}\n`);
    if (writer.isFull) yield writer.take();
    if (seen.size % linesPerLook === 0 && slices.isOver) await slices.rest();
  }
}

/** The lines of a family of agents, most of them as they are kept. */
export async function* agentPart(
  family: AgentFamily,
  { startsAt, endsAt }: LinesPlace,
  shown: ShownAgents,
  { format, writer, slices }: Printing,
): AsyncGenerator<Buffer> {
  const seen = new Set<string>();
  let agentCount = 0;
  for (const agent of shown.agents) {
    const [from, to] = [startsAt(agent), endsAt(agent)];
    if (from === to) continue;
    if (agentCount === 0) writer.write(headOf(family, format));
    agentCount += 1;
    if (shown.mayRepeat(agent)) writer.write(newLines(agent.bytes.toString('utf8', from, to), seen));
    else writer.copy(agent.bytes, from, to);
    if (writer.isFull) yield writer.take();
    if (agentCount % linesPerLook === 0 && slices.isOver) await slices.rest();
  }
}

/** The lines whose series were not seen before. */
function newLines(text: string, seen: Set<string>): string {
  const lines = text.split('\n').filter((line) => {
    const series = line.slice(0, line.lastIndexOf(' '));
    const isNew = !seen.has(series);
    seen.add(series);
    return line !== '' && isNew;
  });
  return lines.map((line) => `${line}\n`).join('');
}
