import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSqlFilter, extensionsIn } from './plain-sql.ts';

function filtered(sql: string, cuts: readonly number[] = [], made?: ReadonlySet<string>): string {
  const filter = createSqlFilter(made);
  const places = [0, ...cuts.map((cut) => cut % (sql.length + 1)).toSorted((a, b) => a - b), sql.length];
  let kept = '';
  for (const [index, place] of places.slice(1).entries()) kept += filter.take(sql.slice(places[index], place));
  return kept + filter.end();
}

const section = (name: string, type: string, sql: string) =>
  `--\n-- Name: ${name}; Type: ${type}; Schema: -; Owner: simda\n--\n\n${sql}\n\n`;
const table = section('pegawai', 'TABLE', 'CREATE TABLE public.pegawai (id int);');
const data = `COPY public.pegawai (nama) FROM stdin;\nGRANT x TO y;\n\\restrict abc\n-- Name: x; Type: ACL; Schema: -\n\\.\n\n`;
const dump = [
  '-- PostgreSQL database dump\n\n\\restrict E1JJi6t9\n\nSET statement_timeout = 0;\n',
  section('keuangan', 'SCHEMA', 'CREATE SCHEMA keuangan;'),
  section('hstore', 'EXTENSION', 'CREATE EXTENSION IF NOT EXISTS hstore WITH SCHEMA ext;'),
  section('EXTENSION hstore', 'COMMENT', "COMMENT ON EXTENSION hstore IS 'x';"),
  table,
  'ALTER TABLE public.pegawai OWNER TO simda;\n',
  section('perubahan', 'EVENT TRIGGER', 'CREATE EVENT TRIGGER perubahan ON ddl_command_end\n   EXECUTE FUNCTION f();'),
  section('TABLE pegawai', 'COMMENT', "COMMENT ON TABLE public.pegawai IS 'x';"),
  data,
  section('TABLE pegawai', 'ACL', 'GRANT SELECT ON TABLE public.pegawai TO PUBLIC;'),
  section('last', 'INDEX', 'CREATE INDEX last ON public.pegawai (id);'),
  '\\unrestrict E1JJi6t9\n',
].join('');

describe('SQL of a dump for an ordinary user', () => {
  const kept = filtered(dump);

  it('keeps tables, data and comments', () => {
    expect(kept).toContain(table);
    expect(kept).toContain(data);
    expect(kept).toContain("COMMENT ON TABLE public.pegawai IS 'x';");
    expect(kept).toContain('CREATE INDEX last');
    expect(kept).toContain('CREATE SCHEMA keuangan;');
  });

  it('leaves owners, privileges, extensions and event triggers out', () => {
    const rest = kept.replace(data, '');
    for (const word of ['OWNER TO', 'GRANT', 'EXTENSION hstore', 'EVENT TRIGGER perubahan', 'FUNCTION f', 'restrict']) {
      expect(rest).not.toContain(word);
    }
  });

  it('leaves out the schemas that are there already', () => {
    expect(filtered(dump, [], new Set(['keuangan']))).not.toContain('CREATE SCHEMA');
  });

  it('is the same in whatever pieces it comes', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 20 }), (cuts) => {
        expect(filtered(dump, cuts)).toBe(kept);
      }),
    );
  });

  it('passes anything without such sections as it is, also lines without an end', () => {
    const line = fc
      .string({ unit: 'binary-ascii', maxLength: 200 })
      .filter((text) => !/GRANT|REVOKE|OWNER|EXTENSION|restrict/.test(text));
    fc.assert(
      fc.property(fc.array(line), fc.array(fc.nat(), { maxLength: 5 }), (lines, cuts) => {
        const sql = lines.join('\n');
        expect(filtered(sql, cuts)).toBe(sql);
      }),
    );
    const long = `COPY x FROM stdin;\n${'9'.repeat(300_000)}\n\\.\nALTER TABLE x OWNER TO y;\nSELECT 1;`;
    const cuts = Array.from({ length: 20 }, (_, index) => index * 16_384);
    expect(filtered(long, cuts)).toBe(long.replace('ALTER TABLE x OWNER TO y;\n', ''));
  });
});

describe('extensions that a dump asks for', () => {
  it('are found with their schemas', () => {
    const sql = [
      'CREATE EXTENSION IF NOT EXISTS hstore WITH SCHEMA ext;',
      'CREATE EXTENSION IF NOT EXISTS "uuid-ossp" WITH SCHEMA "Ext";\r',
      'CREATE EXTENSION pgcrypto;',
      'CREATE EXTENSION x; DROP TABLE y;',
      'CREATE EXTENSION "a""b";',
      '-- CREATE EXTENSION comment;',
    ].join('\n');
    expect(extensionsIn(sql)).toEqual([
      { name: 'hstore', schema: 'ext' },
      { name: 'uuid-ossp', schema: 'Ext' },
      { name: 'pgcrypto', schema: undefined },
    ]);
  });

  it('are never more than a name that can stand between quotes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (name, schema) => {
        for (const found of extensionsIn(`CREATE EXTENSION ${name} WITH SCHEMA ${schema};`)) {
          expect(found.name).toMatch(/^[A-Za-z0-9_-]+$/);
          expect(found.schema ?? 'none').toMatch(/^[A-Za-z0-9_]+$/);
        }
      }),
    );
  });
});
