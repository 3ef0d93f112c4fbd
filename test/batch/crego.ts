// A small Crego for batches: records of two fields, or whatever a test wants for a key, and a ledger of the keys asked for.
import { type Answer, startServer, type TestServer } from '../runner/server.ts';

export interface SmallCrego extends TestServer {
  /** Keys in the order they were asked for. */
  readonly asked: readonly string[];
}

/** What a key is answered; undefined: its record. `nth` counts the requests for this key from 1. */
export type Special = (id: string, nth: number) => Answer | undefined | Promise<Answer | undefined>;

export async function startCrego(special: Special = () => undefined): Promise<SmallCrego> {
  const asked: string[] = [];
  const server = await startServer(async ({ target }) => {
    const id = decodeURIComponent(/\/records\/([^/?]*)/.exec(target)?.[1] ?? '');
    asked.push(id);
    const nth = asked.filter(other => other === id).length;
    return (await special(id, nth)) ?? { body: record(id) };
  });
  return { ...server, asked };
}

export function record(id: string): string {
  return `{"id":"${id}","amount":10.0}`;
}

/** The CSV with `--fields id,amount` for these keys. */
export function csvOf(...ids: readonly string[]): string {
  return ['id,amount', ...ids.map(id => `${id},10.0`), ''].join('\r\n');
}
