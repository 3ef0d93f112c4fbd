// `node duckdb.cjs FILE FIELDS OUT`: saved records to CSV by DuckDB, as people use it from Node.
'use strict';
const { createRequire } = require('node:module');

// No dependency of the project.
const { DuckDBInstance } = createRequire(__filename)('@duckdb/node-api');

const [file, fields, out] = process.argv.slice(2);
const columns = fields
  .split(',')
  .map(name => `"${name}"`)
  .join(', ');

(async () => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(`COPY (SELECT ${columns} FROM read_json_auto('${file}')) TO '${out}' (HEADER)`);
  connection.closeSync();
})();
