import { openSqliteStore } from '../../collector/store/sqlite/sqlite-store.ts';

/** A process that rolls up the store whose path it is given, by turns and by catching up, and says each step. */
const store = openSqliteStore(process.argv[2] ?? '');
for (let merged: number | undefined = 0; merged !== undefined;) {
  merged = await store.history.rollUpOne(Infinity);
  process.stdout.write(`${merged ?? 'done'}\n`);
}
await store.history.catchUp([1, 2]);
await store.close();
