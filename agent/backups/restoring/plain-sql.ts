/**
 * Makes the SQL that pg_dump wrote fit for somebody who is not the superuser of the database, as pg_restore does with
 * `--no-owner --no-privileges`: the sections about owners, privileges and what only the superuser may create are left
 * out. Data passes unchanged.
 */
export interface SqlFilter {
  /** Bytes as latin1 text in pieces of any size; gives what is to be loaded. */
  take(text: string): string;
  end(): string;
}

/** A comment above each section says what it makes. */
const sectionHead = /^-- (?:Data for )?Name: (.*); Type: ([A-Z ]+); Schema: /;
const leftOut =
  /^(ACL|DEFAULT ACL|EXTENSION|EVENT TRIGGER|PROCEDURAL LANGUAGE|FOREIGN DATA WRAPPER|SERVER|USER MAPPING|FOREIGN TABLE|PUBLICATION|PUBLICATION TABLE|SUBSCRIPTION|SECURITY LABEL)$/;
/** With comments switched off there are no heads, and statements in one line have to do. */
const ownerLine =
  /^(ALTER .* OWNER TO [^;]*|GRANT .* TO .*|REVOKE .* FROM .*|CREATE EXTENSION .*|COMMENT ON EXTENSION .*);\r?$/;
const copyLine = /^COPY .* FROM stdin;\r?$/;
/** psql's own guard around a dump. It is put around the whole by us. */
const guardLine = /^\\(un)?restrict [A-Za-z0-9]+\r?$/;
/** A longer line is data. */
const longestLine = 64 * 1024;

/** @param madeBefore schemas that are there already. */
export function createSqlFilter(madeBefore: ReadonlySet<string> = new Set()): SqlFilter {
  let rest = '';
  let isInData = false;
  let isInLeftOut = false;
  let isInLongLine = false;

  const passes = (line: string): boolean => {
    if (isInData) {
      if (/^\\\.\r?$/.test(line)) isInData = false;
      return true;
    }
    const head = sectionHead.exec(line);
    if (head !== null) isInLeftOut = isLeftOut(head[1] ?? '', head[2] ?? '', madeBefore);
    if (isInLeftOut || guardLine.test(line) || ownerLine.test(line)) return false;
    isInData = copyLine.test(line);
    return true;
  };
  return {
    take(text) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      let kept = '';
      for (const line of lines) {
        if (isInLongLine) isInLongLine = false;
        else if (!passes(line)) continue;
        kept += `${line}\n`;
      }
      if (rest.length > longestLine) {
        kept += isInLeftOut && !isInData ? '' : rest;
        rest = '';
        isInLongLine = true;
      }
      return kept;
    },
    end: () => (isInLongLine || passes(rest) ? rest : ''),
  };
}

function isLeftOut(name: string, type: string, madeBefore: ReadonlySet<string>): boolean {
  if (type === 'COMMENT') return name.startsWith('EXTENSION ');
  return leftOut.test(type) || (type === 'SCHEMA' && madeBefore.has(name));
}

export interface WantedExtension {
  name: string;
  schema: string | undefined;
}

const extensionLine =
  /^CREATE EXTENSION (?:IF NOT EXISTS )?("?)([A-Za-z0-9_-]{1,63})\1(?: WITH SCHEMA ("?)([A-Za-z0-9_]{1,63})\3)?;\r?$/;

/** The extensions that a dump asks for; they stand before the first table. */
export function extensionsIn(text: string): WantedExtension[] {
  return text.split('\n').flatMap((line) => {
    const [, , name, , schema] = extensionLine.exec(line) ?? [];
    return name === undefined ? [] : [{ name, schema }];
  });
}
