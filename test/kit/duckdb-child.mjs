// Runs the SQL on stdin, statement by statement, in the working directory; prints the rows of each as a line of JSON.
import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const connection = await (await DuckDBInstance.create()).connect();
const statements = await connection.extractStatements(readFileSync(0, 'utf8'));
for (let at = 0; at < statements.count; at += 1) {
  const rows = await (await statements.prepare(at)).runAndReadAll();
  console.log(JSON.stringify(rows.getRowObjectsJson()));
}
