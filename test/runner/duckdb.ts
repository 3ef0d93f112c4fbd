// DuckDB in this process. No dependency: it is a package for each platform, and a registry that lacks one of them would refuse all.
import { createRequire } from 'node:module';

/** As much of its API as is used: `npm install --no-save @duckdb/node-api` brings it. */
interface Api {
  readonly DuckDBInstance: { create(path: string, options: Readonly<Record<string, string>>): Promise<{ connect(): Promise<Connection> }> };
}
interface Connection {
  run(sql: string): Promise<unknown>;
  runAndReadAll(sql: string): Promise<{ getRows(): readonly (readonly unknown[])[] }>;
  closeSync(): void;
}

export interface Duckdb {
  run(sql: string): Promise<void>;
  rows(sql: string): Promise<string[][]>;
  close(): void;
}

const api = load();
export const hasDuckdb = api !== undefined;

function load(): Api | undefined {
  try {
    return createRequire(import.meta.url)('@duckdb/node-api');
  } catch {
    console.warn('skipped without DuckDB (npm install --no-save @duckdb/node-api)');
    return undefined;
  }
}

/** A database in memory, which finds files in this folder. */
export async function openDuckdb(folder: string): Promise<Duckdb | undefined> {
  const instance = await api?.DuckDBInstance.create(':memory:', { threads: '1', file_search_path: folder });
  const connection = await instance?.connect();
  if (connection === undefined) return undefined;
  return {
    run: async sql => {
      await connection.run(sql);
    },
    rows: async sql => (await connection.runAndReadAll(sql)).getRows().map(row => row.map(String)),
    close: () => connection.closeSync(),
  };
}
