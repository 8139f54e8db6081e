/** The one of some names that a mistyped or shortened word most likely meant; undefined when none is near. */
export function nearestName(word: string, names: readonly string[]): string | undefined {
  const maxEditCount = Math.max(1, Math.floor(Math.min(word.length, 32) / 3));
  let best: string | undefined;
  let bestCount = maxEditCount + 1;
  for (const name of names) {
    const count = editCount(word.slice(0, 64).toLowerCase(), name.toLowerCase());
    if (count < bestCount) {
      best = name;
      bestCount = count;
    }
  }
  return best ?? names.find((name) => word.length > 3 && (name.includes(word) || word.includes(name)));
}

/** Levenshtein's distance: how many letters must be added, dropped or replaced. */
function editCount(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}

/** `did you mean "x"?` when a name is near, else what is known. */
export function suggestName(word: string, names: readonly string[]): string {
  const near = nearestName(word, names);
  if (near !== undefined) return `did you mean "${near}"?`;
  return names.length === 0 ? 'none is known here' : `known here: ${names.slice(0, 30).join(', ')}`;
}
