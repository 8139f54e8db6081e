import { chmodSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { InventoryRow } from '../inventory-rows.ts';
import { database, look, tree } from './tree.test-kit.ts';

/** Root may read everything; the agent need not be root. */
async function asNobody<Value>(work: () => Promise<Value>): Promise<Value> {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  return work().finally(() => process.seteuid?.(0));
}

const tcp = (port: number, process?: string) => ({ protocol: 'tcp', port, ...(process && { process }) });

describe('databases in their folders', () => {
  it.each<[string, Record<string, string>, InventoryRow[]]>([
    ['an empty machine', {}, []],
    [
      'MySQL, each database by name, without its own',
      {
        'var/lib/mysql/ibdata1': 'x',
        'var/lib/mysql/mysql/user.frm': 'x',
        'var/lib/mysql/sys/sys_config.ibd': 'x',
        'var/lib/mysql/performance_schema/x.frm': 'x',
        'var/lib/mysql/#innodb_redo/#ib_redo1': 'x',
        'var/lib/mysql/test/db.opt': 'x',
        'var/lib/mysql/simpus/pasien.ibd': 'x',
        'var/lib/mysql/simda@002dkeuangan/kas.MYD': 'x',
      },
      [
        database('MySQL/MariaDB: simda-keuangan', '/var/lib/mysql'),
        database('MySQL/MariaDB: simpus', '/var/lib/mysql'),
      ],
    ],
    ['a new MySQL with nothing in it', { 'var/lib/mysql/ibdata1': 'x', 'var/lib/mysql/mysql/user.frm': 'x' }, []],
    ['a folder left empty', { 'var/lib/mysql/': '', 'var/lib/postgresql/16/main/': '', 'var/lib/mongodb/': '' }, []],
    [
      'XAMPP on Linux, without what it brings along',
      {
        'opt/lampp/var/mysql/ibdata1': 'x',
        'opt/lampp/var/mysql/phpmyadmin/pma__users.ibd': 'x',
        'opt/lampp/var/mysql/siakad/nilai.ibd': 'x',
      },
      [database('MySQL/MariaDB: siakad', '/opt/lampp/var/mysql')],
    ],
    [
      'SQL Server, without its own',
      {
        'var/opt/mssql/data/master.mdf': 'x',
        'var/opt/mssql/data/tempdb.mdf': 'x',
        'var/opt/mssql/data/Keuangan.mdf': 'x',
      },
      [database('SQL Server: Keuangan', '/var/opt/mssql/data')],
    ],
    ['MongoDB', { 'var/lib/mongodb/WiredTiger': 'x' }, [database('MongoDB', '/var/lib/mongodb')]],
    [
      'Oracle',
      { 'u01/app/oracle/oradata/ORCL/users01.dbf': 'x' },
      [database('Oracle', '/u01/app/oracle/oradata/ORCL')],
    ],
    [
      'a database in the volume of a container, and no other volume',
      {
        'var/lib/docker/volumes/db/_data/PG_VERSION': '16',
        'var/lib/docker/volumes/db/_data/base/16384/1259': 'x',
        'var/lib/docker/volumes/files/_data/report.pdf': 'x',
      },
      [database('PostgreSQL', '/var/lib/docker/volumes/db/_data')],
    ],
  ])('%s', async (_name, files, expected) => {
    expect(await look(tree(files))).toEqual(expected);
  });

  it('on Windows', async () => {
    const root = tree({
      'xampp/mysql/data/ibdata1': 'x',
      'xampp/mysql/data/mysql/user.frm': 'x',
      'xampp/mysql/data/simpeg/pegawai.frm': 'x',
      'laragon/data/mysql-8.0/ibdata1': 'x',
      'laragon/data/mysql-8.0/absensi/hadir.ibd': 'x',
      'Program Files/Microsoft SQL Server/MSSQL15.SQLEXPRESS/MSSQL/DATA/SIMDA.mdf': 'x',
    });

    expect(await look(root, { isWindows: true })).toEqual([
      database('MySQL/MariaDB: simpeg', 'C:\\xampp\\mysql\\data'),
      database('MySQL/MariaDB: absensi', 'C:\\laragon\\data\\mysql-8.0'),
      database('SQL Server: SIMDA', 'C:\\Program Files\\Microsoft SQL Server\\MSSQL15.SQLEXPRESS\\MSSQL\\DATA'),
    ]);
  });

  it('counts a data folder that is a link, because its data was moved, and does not follow it', async () => {
    const root = tree({ 'data/mysql/simpus/pasien.ibd': 'x', 'data/mysql/ibdata1': 'x', 'var/lib/': '' });
    symlinkSync(join(root, 'data/mysql'), join(root, 'var/lib/mysql'));

    expect(await look(root)).toEqual([database('MySQL/MariaDB', '/var/lib/mysql')]);
  });

  it('counts a data folder that may not be read', async () => {
    const root = tree({ 'var/lib/postgresql/16/main/PG_VERSION': '16' });
    chmodSync(root, 0o755);
    chmodSync(join(root, 'var/lib/postgresql/16/main'), 0);

    expect(await asNobody(() => look(root))).toEqual([database('PostgreSQL', '/var/lib/postgresql/16/main')]);
  });
});

describe('databases that listen', () => {
  const mysqlFiles = { 'var/lib/mysql/ibdata1': 'x', 'var/lib/mysql/mysql/user.frm': 'x' };

  it.each<[string, Record<string, string>, InventoryRow[], InventoryRow[]]>([
    ['a server whose folder is elsewhere', {}, [tcp(5432)], [{ kind: 'database', name: 'PostgreSQL', port: 5432 }]],
    [
      'a server on another port, by its program',
      {},
      [tcp(5433, 'postgres')],
      [{ kind: 'database', name: 'PostgreSQL', port: 5433 }],
    ],
    [
      'the usual port of several',
      {},
      [tcp(33_060, 'mysqld'), tcp(3306, 'mysqld')],
      [{ kind: 'database', name: 'MySQL/MariaDB', port: 3306 }],
    ],
    [
      'all kinds',
      {},
      [tcp(1433), tcp(27_017), tcp(1521)],
      [
        { kind: 'database', name: 'SQL Server', port: 1433 },
        { kind: 'database', name: 'MongoDB', port: 27_017 },
        { kind: 'database', name: 'Oracle', port: 1521 },
      ],
    ],
    ['no tunnel to a database elsewhere', {}, [tcp(3306, 'ssh'), tcp(5432, 'haproxy')], []],
    ['nothing that is no database', {}, [tcp(80, 'nginx'), { protocol: 'udp', port: 5432 }], []],
    ['no server in which nothing was put', mysqlFiles, [tcp(3306, 'mysqld')], []],
    [
      'a container beside such a server',
      mysqlFiles,
      [tcp(3306, 'docker-proxy')],
      [{ kind: 'database', name: 'MySQL/MariaDB', port: 3306 }],
    ],
    [
      'a known folder once',
      { ...mysqlFiles, 'var/lib/mysql/simpus/a.ibd': 'x' },
      [tcp(3306)],
      [database('MySQL/MariaDB: simpus', '/var/lib/mysql')],
    ],
  ])('are told of: %s', async (_name, files, listening, expected) => {
    expect(await look(tree(files), { listening })).toEqual(expected);
  });
});
