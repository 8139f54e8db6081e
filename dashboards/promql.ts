const braced = (filter: string): string => (filter === '' ? '' : `{${filter}}`);

/** The departments that the reader chose; fits one and many. */
export const chosenPd = 'pd=~"$pd"';

/** Between down and up, so that a table sorted by it shows down, then unknown, then up. */
export const unknownState = 0.5;

/**
 * 1, 0, or `unknownState` where the metric says NaN. Aggregated first: the same series may come by scrape and by remote
 * write, and from two Prometheus; what one of them knows is known.
 */
export function stateOf(selector: string, by: string): string {
  return `((max by (${by}) (${selector}) >= 0) or (group by (${by}) (${selector}) * ${unknownState}))`;
}

/**
 * The same of links. Of those of a silent prober remote write tells nothing but whether they are unstable, which nobody knows:
 * by that they stay in sight.
 */
export function linkState(filter: string, by: string): string {
  const links = braced(filter);
  return `((max by (${by}) (pantau_link_up${links}) >= 0) or (group by (${by}) (pantau_link_up${links}) * ${unknownState}) or (group by (${by}) (pantau_link_unstable${links}) * ${unknownState}))`;
}

/**
 * How many of the states, each told once, are so. None is a number only where one is known to be otherwise: what is
 * missing, or not known of anything, is not shown as zero.
 */
export const countOf = (states: string, where: string, otherwise: string, by = ''): string =>
  `(count${by} (${states} ${where}) or count${by} (${states} ${otherwise}) * 0)`;

/** Every enrolled server of the departments chosen, value 1; of one that is silent remote write brings nothing else. */
export const everyNode = (filter = ''): string => `max by (pd, site, node) (pantau_node_info${braced(filter)})`;

/** 1 for a server that is heard; silent ones are missing. */
export const heardNode = (filter = ''): string => `max by (pd, site, node) (pantau_node_up${braced(filter)}) == 1`;

/** One series for each department, value 1; the base to which a count of nothing is zero. */
export const everyPd = (filter = ''): string => `max by (pd) (pantau_pd_info${braced(filter)})`;

/** A count by department that is 0, not missing, where there is nothing to count. */
export const orZero = (expr: string, filter = ''): string => `((${expr}) or (${everyPd(filter)} * 0))`;

/** Adds the department's name. `topk` leaves one information series even while a renamed one is still remembered. */
export function withPdName(expr: string): string {
  return `(${expr}) * on (pd) group_left (name) topk by (pd) (1, max by (pd, name) (pantau_pd_info))`;
}

/** Adds the dataset's name as `dataset_name`, beside the department's `name`, and its schedule. */
export function withDatasetName(expr: string): string {
  const newest = 'topk by (pd, dataset) (1, max by (pd, dataset, name, schedule) (pantau_dataset_info))';
  const info = `label_join(${newest}, "dataset_name", "", "name")`;
  return `(${expr}) * on (pd, dataset) group_left (dataset_name, schedule) ${info}`;
}
