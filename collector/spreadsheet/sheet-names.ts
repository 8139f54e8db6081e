const maxLength = 31;

/**
 * Names that Excel takes for sheets: none of []:*?/\, no apostrophe at an end, at most 31 characters, each only once.
 * What is not allowed becomes a blank; a name that comes again gets a number.
 */
export function sheetNames(wanted: readonly string[]): string[] {
  const taken = new Set<string>();
  return wanted.map((name) => {
    const clean = cleaned(name);
    let unique = clean.slice(0, maxLength);
    for (let count = 2; taken.has(unique.toLowerCase()); count += 1) {
      const number = ` (${count})`;
      unique = `${clean.slice(0, maxLength - number.length)}${number}`;
    }
    taken.add(unique.toLowerCase());
    return unique;
  });
}

function cleaned(name: string): string {
  // Excel keeps the name "History" for itself.
  const clean = name
    .toWellFormed()
    .replace(/[[\]:*?/\\\p{Cc}\s]+/gu, ' ')
    .replace(/^[\s']+|[\s']+$/g, '');
  return clean === '' || clean.toLowerCase() === 'history' ? `Lembar ${clean}`.trim() : clean;
}
