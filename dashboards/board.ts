import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  type AnnotationQuery,
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  type VariableModel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { placed, type Row } from './layout.ts';
import { boardTag, inSight, linkBar, uidOf } from './panels/links.ts';
import { dataSourceVariable } from './panels/variables.ts';

/** One board: its file name, and how it is made. */
export interface Board {
  /** Of `dashboards/grafana/boards/<name>.json`. */
  name: string;
  build(): Dashboard;
  /** Titles of the panels whose queries return nothing on a good day. */
  normallyEmpty: readonly string[];
}

export interface BoardPlan {
  name: string;
  title: string;
  description: string;
  /** Beside the data source. */
  variables?: readonly (() => Builder<VariableModel>)[];
  annotations?: readonly Builder<AnnotationQuery>[];
  /** How far back it looks when it is opened. */
  from?: string;
  /** Made anew for each `build`. */
  rows: () => readonly Row[];
}

export function makeBoard(plan: BoardPlan): Board {
  const build = (): Dashboard => {
    const dashboard = new DashboardBuilder(plan.title)
      .uid(uidOf(plan.name))
      .description(plan.description)
      .tags([boardTag])
      .timezone('browser')
      .time({ from: plan.from ?? 'now-24h', to: 'now' })
      .refresh('1m')
      .tooltip(DashboardCursorSync.Crosshair)
      .editable()
      .variables([dataSourceVariable(), ...(plan.variables ?? []).map((make) => make())])
      .build();
    const annotations = (plan.annotations ?? []).map((annotation) => inSight(annotation.build()));
    return { ...dashboard, annotations: { list: annotations }, links: [linkBar()], panels: placed(plan.rows()) };
  };
  const normallyEmpty = plan
    .rows()
    .flatMap(({ panels }) => panels.flatMap(({ panel, normallyEmpty }) => (normallyEmpty ? [panel.title ?? ''] : [])));
  return { name: plan.name, build, normallyEmpty };
}
