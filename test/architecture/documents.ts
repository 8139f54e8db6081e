import { posix } from 'node:path';

export interface Document {
  path: string;
  text: string;
}

const link = /\]\(([^()\s]+)\)/g;
const quoted = /`([^`\s]+)`/g;
const folders = /^(agent|collector|shared|dashboards|scripts|test|\.ci)\//;
/** Placeholders such as `agent/probes/<name>.ts` and globs name no file. */
const placeholder = /[<>*{}…$]|\.\.\./;

/** One sentence for each path that a document names, as a link or in backticks, and that is not there. */
export function documentProblems(documents: readonly Document[], exists: (path: string) => boolean): string[] {
  return documents.flatMap((document) => {
    const text = document.text.replaceAll(/^```[^]*?^```/gm, '');
    const links = [...text.matchAll(link)]
      .map((match) => (match[1] ?? '').replace(/#.*$/, ''))
      .filter((target) => target !== '' && !/^[a-z]+:/.test(target))
      .map((target) => posix.join(posix.dirname(document.path), target));
    const paths = [...text.matchAll(quoted)]
      .map((match) => match[1] ?? '')
      .filter((path) => folders.test(path) && !placeholder.test(path));
    return [...links, ...paths]
      .map((path) => path.replace(/:\d+$/, '').replace(/\/$/, ''))
      .filter((path) => !exists(path))
      .map((path) => `${document.path} names ${path}, which is not there.`);
  });
}
