/** Words of a header such as `gzip;q=0.5, *;q=0` with how much each is wanted, from 0 (not at all) to 1. */
export function qualityValues(header: string): { name: string; parameters: ReadonlyMap<string, string>; q: number }[] {
  return header
    .split(',')
    .map((part) => {
      const [name = '', ...rest] = part.split(';').map((each) => each.trim().toLowerCase());
      const parameters = new Map(rest.map((each) => pairOf(each)));
      const q = parameters.get('q');
      parameters.delete('q');
      return { name, parameters, q: q === undefined ? 1 : qualityOf(q) };
    })
    .filter(({ name }) => name !== '');
}

function pairOf(text: string): [name: string, value: string] {
  const [name = '', value = ''] = text.split('=').map((each) => each.trim());
  return [name, value.replace(/^"(.*)"$/, '$1')];
}

/** What cannot be read is wanted: leaving it out would be the graver mistake. */
function qualityOf(text: string): number {
  return /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(text) ? Number(text) : 1;
}
