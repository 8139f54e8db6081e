import Type from 'typebox';
import { vaultsOf } from '../../config/vaults-of.ts';
import { instant, type Resource } from '../resource.ts';
import { Amount, Instant, OptionalText } from './fields.ts';

const row = Type.Object({
  vault: Type.String(),
  location: Type.String({ description: 'pusat-data or drc' }),
  scannedAt: Instant,
  outcome: Type.Union([Type.String(), Type.Null()], { description: 'ok or failed; null when it was never read' }),
  reason: OptionalText,
  entryCount: Amount,
  unownedCount: Amount,
  unowned: Type.Array(Type.String(), { description: 'entries that belong to no dataset, the first of them' }),
  problemCount: Amount,
  problems: Type.Array(Type.Object({ path: Type.String(), reason: Type.String() }), {
    description: 'what could not be read or was passed over, the first of them',
  }),
});

export const vaultsResource: Resource<typeof row> = {
  name: 'vaults',
  summary: 'Vaults in the Pusat Data and the DRC, as their readers last saw them',
  row,
  rows: (view) =>
    vaultsOf(view.config).map(({ vault: { id }, location }) => {
      const scan = view.fleet.vaultScan(id);
      return {
        vault: id,
        location,
        scannedAt: instant(view, scan?.scannedAtMs),
        outcome: scan?.outcome ?? null,
        reason: scan?.reason ?? null,
        entryCount: scan?.entryCount ?? null,
        unownedCount: scan?.unownedCount ?? null,
        unowned: scan?.unowned ?? [],
        problemCount: scan?.problemCount ?? null,
        problems: scan?.problems ?? [],
      };
    }),
};
