import { MappingType, SpecialValueMatch, type ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import { unknownState } from '../promql.ts';
import { type Colour, colours } from './colours.ts';

export const unknownText = 'Tidak diketahui';

/** What a number (or a text) is called, in the order of the legend. */
export function named(
  names: readonly (readonly [value: number | string, text: string, colour?: Colour])[],
): ValueMapping {
  return {
    type: MappingType.ValueToText,
    options: Object.fromEntries(
      names.map(([value, text, colour], index) => [String(value), { text, index, ...(colour && { color: colour }) }]),
    ),
  };
}

/** What is not known says so, in grey. */
export const unknownIsGrey: ValueMapping = {
  type: MappingType.SpecialValue,
  options: { match: SpecialValueMatch.NullAndNan, result: { text: unknownText, color: colours.unknown } },
};

/** For a time or an age that is not there because it never happened. */
export const neverIsGrey: ValueMapping = {
  type: MappingType.SpecialValue,
  options: { match: SpecialValueMatch.NullAndNan, result: { text: 'Belum pernah', color: colours.unknown } },
};

/** For what `stateOf` gives of routers. */
export const routerStates = named([
  [0, 'Tidak menjawab', colours.bad],
  [unknownState, unknownText, colours.unknown],
  [1, 'Menjawab', colours.good],
]);

/** Of links. */
export const linkStates = named([
  [0, 'Terputus', colours.bad],
  [unknownState, unknownText, colours.unknown],
  [1, 'Tersambung', colours.good],
]);

export const nodeStates = named([
  [0, 'Mati', colours.bad],
  [unknownState, 'Tidak melapor', colours.unknown],
  [1, 'Melapor', colours.good],
]);

export const yesIsBad = named([
  [0, 'Tidak', colours.good],
  [unknownState, unknownText, colours.unknown],
  [1, 'Ya', colours.bad],
]);

/** Level of proof, DESIGN.md section 8. */
export const proofLevels = named([
  [0, 'Belum ada bukti', colours.unknown],
  [1, 'Klaim saja', colours.serious],
  [2, 'Tiba', colours.good],
  [3, 'Utuh', colours.good],
  [4, 'Dapat dipulihkan', colours.good],
]);
