// A request as it came: the path byte for byte, the query decoded, and the names of what its body carries.
import type { IncomingMessage } from 'node:http';
import { isObject, type Json, parseJson, scalarText } from '../core/json.ts';

export interface Received {
  readonly method: string;
  /** Path and query as they stood in the request line. */
  readonly target: string;
  /** Path as it stood in the request line. */
  readonly path: string;
  readonly query: ReadonlyMap<string, string>;
  readonly header: (name: string) => string | undefined;
  readonly body: Buffer;
  /** The body, if it is JSON. */
  readonly json: Json | undefined;
  /** Fields of a multipart or URL-encoded body. */
  readonly form: ReadonlyMap<string, string>;
}

const maxBodyBytes = 1024 * 1024;

/** Reads a request to its end; undefined when its body is larger than any documented call's. */
export async function receiveRequest(message: IncomingMessage): Promise<Received | undefined> {
  const body = hasBody(message) ? await readBody(message) : Buffer.alloc(0);
  if (body === undefined) return undefined;
  const target = message.url ?? '';
  const mark = target.indexOf('?');
  const type = message.headers['content-type'] ?? '';
  return {
    method: message.method ?? '',
    target,
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? new Map() : new Map(new URLSearchParams(target.slice(mark + 1))),
    header: name => {
      const value = message.headers[name.toLowerCase()];
      return Array.isArray(value) ? value.join(', ') : value;
    },
    body,
    json: body.length > 0 && !type.includes('form') ? readJson(body) : undefined,
    form: readForm(body, type),
  };
}

/** Members of a JSON body as texts; those of an array separated by commas. */
export function jsonMembers({ json }: Received): ReadonlyMap<string, string> {
  if (!isObject(json)) return new Map();
  const texts = Object.entries(json).map(([name, value]) => [name, [value].flat().map(scalarText).join(',')] as const);
  return new Map(texts);
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

async function readBody(message: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    // What is too much is read and dropped: a client that is still sending would not see the answer.
    if (size <= maxBodyBytes) chunks.push(bytes);
  }
  return size <= maxBodyBytes ? Buffer.concat(chunks) : undefined;
}

function readJson(body: Buffer): Json | undefined {
  try {
    return parseJson(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Enough of RFC 7578 for the fields of a documented form. */
function readForm(body: Buffer, type: string): ReadonlyMap<string, string> {
  if (type.startsWith('application/x-www-form-urlencoded')) return new Map(new URLSearchParams(body.toString('utf8')));
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (boundary === undefined) return new Map();
  const parts = body.toString('utf8').split(`--${boundary}`);
  return new Map(
    parts.flatMap(part => {
      const [head = '', value] = part.split(/\r\n\r\n([\s\S]*)\r\n$/);
      const name = /content-disposition:\s*form-data;.*\bname="([^"]*)"/i.exec(head)?.[1];
      return name === undefined || value === undefined ? [] : [[name, value] as const];
    }),
  );
}
