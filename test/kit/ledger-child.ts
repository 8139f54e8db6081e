import { openSqliteStore } from '../../collector/store/sqlite/sqlite-store.ts';

/** A process that follows into the ledger of the store whose path it is given, a few rows at a time, and says each turn. */
const store = openSqliteStore(process.argv[2] ?? '');
for (let added = 1; added > 0;) {
  added = await store.ledger.appendSome({ rowCount: 3, isOver: () => false });
  process.stdout.write(`${added}\n`);
}
await store.close();
