import { type DashboardLink, DashboardLinkBuilder, DashboardLinkType } from '@grafana/grafana-foundation-sdk/dashboard';

/** The uid under which Grafana knows a board. */
export const uidOf = (board: string): string => `pantau-${board}`;

/** Every board carries it; the bar of links finds them by it. */
export const boardTag = 'pantau';

/** The bar at the top of each board: all the others, with the shown time and the chosen variables. */
export function linkBar(): DashboardLink {
  const link = new DashboardLinkBuilder('Papan Pantau')
    .type(DashboardLinkType.Dashboards)
    .tags([boardTag])
    .asDropdown(false)
    .includeVars(true)
    .keepTime(true)
    .targetBlank(false)
    .build();
  return inSight(link);
}

/** The SDK puts what it makes into a menu; what people should see stands on the board. */
export function inSight<T extends { placement?: unknown }>(made: T): Omit<T, 'placement'> {
  const { placement: _placement, ...rest } = made;
  return rest;
}

/**
 * A click on a value opens another board.
 *
 * @param variables name and value, which may be `${__data.fields.pd}` in a table and `${__field.labels.pd}` in a chart.
 */
export function boardLink(title: string, board: string, variables: Record<string, string> = {}): DashboardLinkBuilder {
  const set = Object.entries(variables).map(([name, value]) => `var-${name}=${value}&`);
  return new DashboardLinkBuilder(title)
    .url(`/d/${uidOf(board)}?${set.join('')}\${datasource:queryparam}&\${__url_time_range}`)
    .targetBlank(false);
}

/** From a row of a table that has the label `pd` to the board of that department. */
export const toPdOfRow = boardLink('Buka papan Perangkat Daerah', 'perangkat-daerah', { pd: '${__data.fields.pd}' });

/** The same from a series. */
export const toPdOfSeries = boardLink('Buka papan Perangkat Daerah', 'perangkat-daerah', {
  pd: '${__field.labels.pd}',
});
