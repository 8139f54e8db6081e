import { type Panel, RowBuilder, type RowPanel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { BoardPanel } from './panels/panel.ts';

/** Panels under one heading, from left to right and then on the next line. */
export interface Row {
  title: string;
  panels: readonly BoardPanel[];
}

const boardWidth = 24;

/** Gives every row and panel its number and its place. */
export function placed(rows: readonly Row[]): (Panel | RowPanel)[] {
  const done: (Panel | RowPanel)[] = [];
  let y = 0;
  for (const { title, panels } of rows) {
    const gridPos = { x: 0, y, w: boardWidth, h: 1 };
    done.push(
      new RowBuilder(title)
        .id(done.length + 1)
        .gridPos(gridPos)
        .build(),
    );
    y += 1;
    let x = 0;
    let lineHeight = 0;
    for (const { panel, width, height } of panels) {
      if (x + width > boardWidth) {
        x = 0;
        y += lineHeight;
        lineHeight = 0;
      }
      done.push({ ...panel, id: done.length + 1, gridPos: { x, y, w: width, h: height } });
      x += width;
      lineHeight = Math.max(lineHeight, height);
    }
    y += lineHeight;
  }
  return done;
}
