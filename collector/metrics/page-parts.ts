import { formatValue, seriesText } from './exposition.ts';
import type { AgentFamily, FleetFamily } from './family.ts';
import type { FleetView } from './fleet-view.ts';
import { headOf, type PageFormat } from './page-format.ts';
import type { PageWriter } from './page-writer.ts';
import type { Shelf } from './shelf.ts';
import type { ShownAgents } from './shown-agents.ts';
import type { TimeSlices } from '../time-slices.ts';

/** What the lines of one page pass through. */
export interface Printing {
  view: FleetView;
  format: PageFormat;
  writer: PageWriter;
  slices: TimeSlices;
}

/** A look at the clock costs as much as a line that is kept, and a hundredth of some that are worked out. */
const keptLinesPerLook = 32;

/** The lines of a family that is worked out from the whole. */
export async function* fleetPart(
  family: FleetFamily,
  { view, format, writer, slices }: Printing,
): AsyncGenerator<Buffer> {
  const seen = new Set<string>();
  for (const { labels, value } of family.samples(view)) {
    const series = seriesText(family.name, labels);
    if (slices.isOver) await slices.rest();
    if (seen.has(series)) continue;
    if (seen.size === 0) writer.write(headOf(family, format));
    seen.add(series);
    writer.write(`${series} ${formatValue(value)}\n`);
    if (writer.isFull) yield writer.take();
  }
}

/** The lines of a family of agents, most of them as they are kept. */
export async function* agentPart(
  family: AgentFamily,
  place: number,
  shown: ShownAgents,
  { format, writer, slices }: Printing,
): AsyncGenerator<Buffer> {
  const seen = new Set<string>();
  let count = 0;
  /** Where lines are gathered; they are handed over before anything else can happen. */
  let shelf: Shelf | undefined;
  for (const agent of shown.agents) {
    if (agent.isGone || agent.shelf.isEmpty(agent.slot, place)) continue;
    if (count === 0) writer.write(headOf(family, format));
    count += 1;
    if (shelf !== agent.shelf) shelf?.hand(writer);
    ({ shelf } = agent);
    if (shown.mayRepeat(agent)) {
      shelf.hand(writer);
      writer.write(newLines(shelf.textOf(agent.slot, place), seen));
    } else {
      shelf.gather(agent.slot, place, writer);
    }
    if (count % keptLinesPerLook !== 0) continue;
    shelf.hand(writer);
    if (writer.isFull) yield writer.take();
    if (slices.isOver) await slices.rest();
  }
  shelf?.hand(writer);
  if (writer.isFull) yield writer.take();
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
