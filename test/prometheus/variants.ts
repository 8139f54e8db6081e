/**
 * Switches a variant on that stands in a configuration as a comment: the line, and what belongs to it below. Settings have
 * their "#" right before them, or before their indentation; in words a single space follows it.
 * @throws Error when the text has no such variant
 */
export function withVariant(text: string, firstLine: string): string {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => isVariant(line) && line.includes(firstLine));
  if (start === -1) throw new Error(`no variant ${firstLine}`);
  const length = lines.slice(start + 1).findIndex((line) => !/^\s*# {2}/.test(line)) + 1;
  return lines.map((line, at) => (at >= start && at < start + length ? line.replace('#', '') : line)).join('\n');
}

const isVariant = (line: string): boolean => /^\s*#[^\s#]/.test(line);
