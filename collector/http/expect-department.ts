import { suggestName } from '../config/nearest-name.ts';
import { badQuery } from './query.ts';
import type { ApiView } from './resource.ts';

/**
 * One that was taken out of the configuration is known as long as a machine of it is.
 * @throws AppError `bad-query` that suggests the right one.
 */
export function expectDepartment({ config, fleet }: ApiView, pd: string): void {
  const ids = config.perangkatDaerah.map(({ id }) => id);
  if (ids.includes(pd) || fleet.agentsOf(pd).length > 0) return;
  const hint = suggestName(pd, ids);
  throw badQuery('pd', `There is no department "${pd.slice(0, 64)}"; ${hint}${hint.endsWith('?') ? '' : '.'}`);
}
