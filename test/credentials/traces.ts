// Looks for secrets in everything a run leaves behind. All test secrets begin with the word `canary`, so that a part of one is found, too.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Way } from './ways.ts';

/** `canary` as it stands in base64, whatever number of bytes is before it. */
const encodedWords = [0, 1, 2].map(before => {
  const text = Buffer.concat([Buffer.alloc(before, ' '), Buffer.from('canary')]).toString('base64');
  return before === 0 ? text.slice(0, 8) : text.slice(before + 1, Math.floor(((before + 6) * 8) / 6));
});

/** What must not be found for a scheme: pieces of its secrets in clear, encoded and escaped. */
export function tellTales(way: Way, sent: readonly string[] = []): string[] {
  const pieces = [...way.secrets, ...sent].filter(secret => !secret.includes('canary')).flatMap(secret => piecesOf(secret));
  return ['canary', ...encodedWords, ...pieces];
}

/** Of a secret that does not name itself: every fourth stretch of 16 characters, and its base64. */
function piecesOf(secret: string): string[] {
  const stretches: string[] = [];
  for (let at = 0; at + 16 <= secret.length; at += 4) stretches.push(secret.slice(at, at + 16));
  return [...stretches, Buffer.from(secret).toString('base64').slice(0, 24)];
}

/** How a text may come back: spelled in every way the contract names, and some that servers like. */
export function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const everyByte = [...bytes].map(byte => byte.toString(16).padStart(2, '0'));
  return [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams({ x: secret }).toString().slice(2),
    everyByte.map(hex => `%${hex}`).join(''),
    everyByte.map(hex => `\\u00${hex}`).join(''),
    bytes.toString('base64'),
    Buffer.from(`x:${secret}`).toString('base64'),
    Buffer.from(`xy${secret}`).toString('base64url'),
    JSON.stringify(secret).slice(1, -1),
    JSON.stringify(JSON.stringify(secret)).slice(3, -3),
    secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;'),
  ];
}

/** Every file below a directory: name and content. */
export async function filesBelow(directory: string): Promise<{ name: string; text: string }[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter(entry => entry.isFile());
  return Promise.all(
    files.map(async entry => ({
      name: join(entry.parentPath, entry.name),
      text: await readFile(join(entry.parentPath, entry.name), 'latin1'),
    })),
  );
}

/** Places where a tell-tale stands, with what is around it. */
export function findings(places: Readonly<Record<string, string>>, tales: readonly string[]): string[] {
  return Object.entries(places).flatMap(([place, text]) =>
    tales.flatMap(tale => {
      const at = text.indexOf(tale);
      return at === -1 ? [] : [`${place}: …${text.slice(Math.max(0, at - 40), at + 60)}…`];
    }),
  );
}
