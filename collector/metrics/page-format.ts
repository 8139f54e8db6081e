/** What a scraper may ask for: the text format 0.0.4, or OpenMetrics 1.0. Both have the same lines of samples. */
export type PageFormat = 'text' | 'openmetrics';

export const contentTypes: Readonly<Record<PageFormat, string>> = {
  text: 'text/plain; version=0.0.4; charset=utf-8',
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
};

/** What ends a page; without it OpenMetrics takes the page for cut off. */
export const endOfPage: Readonly<Record<PageFormat, string>> = { text: '', openmetrics: '# EOF\n' };

/** Ends of names that say a unit. */
const units = ['bytes_per_second', 'seconds', 'bytes', 'ratio', 'celsius', 'volts'];

interface Head {
  name: string;
  type: string;
  help: string;
}

/** The lines above the samples of a family. */
export function headOf({ name, type, help }: Head, format: PageFormat): string {
  const told = help.replaceAll('\\', String.raw`\\`).replaceAll('\n', String.raw`\n`);
  if (format === 'text') return `# HELP ${name} ${told}\n# TYPE ${name} ${type}\n`;
  // There a counter has its name without the end that its samples have.
  const bare = type === 'counter' ? name.replace(/_total$/, '') : name;
  const unit = units.find((each) => bare.endsWith(`_${each}`));
  return [
    `# TYPE ${bare} ${type}\n`,
    unit === undefined ? '' : `# UNIT ${bare} ${unit}\n`,
    `# HELP ${bare} ${told.replaceAll('"', String.raw`\"`)}\n`,
  ].join('');
}
