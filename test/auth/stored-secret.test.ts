// A secret is kept by a child of the built program: it learns the secret by a message, never by its arguments or its environment.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { keyringState, storeSecret } from '../../src/auth/stored-secret.ts';
import { appDirectory } from '../runner/app.ts';
import { canary, sourceStage } from './source-stage.ts';

const { contextWith, root } = sourceStage();
const app = join(root, 'app');
const installed = join(app, 'node_modules/@napi-rs/keyring');
const store = join(root, 'entries.json');
const trace = join(root, 'trace.txt');

beforeAll(() => {
  for (const part of ['bin', 'dist']) cpSync(join(appDirectory() ?? '', part), join(app, part), { recursive: true });
});

/** The program beside a stand-in for the keyring library: entries in a file, and a note of what anybody could see of the process. */
function beside(refusal = ''): { readonly self: readonly string[] } {
  rmSync(installed, { recursive: true, force: true });
  mkdirSync(installed, { recursive: true });
  const code = `const fs = require('node:fs');
const read = () => (fs.existsSync(${JSON.stringify(store)}) ? JSON.parse(fs.readFileSync(${JSON.stringify(store)}, 'utf8')) : {});
const write = all => fs.writeFileSync(${JSON.stringify(store)}, JSON.stringify(all));
const seen = fs.existsSync('/proc/self/environ') ? fs.readFileSync('/proc/self/cmdline', 'latin1') + fs.readFileSync('/proc/self/environ', 'latin1') : process.argv.join(' ') + JSON.stringify(process.env);
fs.appendFileSync(${JSON.stringify(trace)}, seen);
exports.Entry = class {
  constructor(service, account) { this.name = service + '/' + account; }
  getPassword() { return read()[this.name] ?? null; }
  setPassword(text) { ${refusal} write({ ...read(), [this.name]: text }); }
  deleteCredential() { const { [this.name]: gone, ...rest } = read(); write(rest); return gone !== undefined; }
};`;
  writeFileSync(join(installed, 'index.js'), code);
  rmSync(store, { force: true });
  writeFileSync(trace, '');
  return { self: [process.execPath, join(app, 'bin/loanq.js')] };
}

const entries = () => JSON.parse(readFileSync(store, 'utf8'));
const place = { kind: 'keyring', account: 'crego' } as const;

describe('the keyring', () => {
  it('takes a secret, gives back what it had before, and no process shows it', async () => {
    const context = contextWith(beside());
    expect(await keyringState('crego', context)).toBe('free');
    const undoFirst = await storeSecret(place, canary, context);
    expect([entries(), await keyringState('crego', context)]).toEqual([{ 'loanq/crego': canary }, 'taken']);
    const undoSecond = await storeSecret(place, 'another one', context);
    await undoSecond();
    expect(entries()).toEqual({ 'loanq/crego': canary });
    await undoFirst();
    expect(entries()).toEqual({});
    const seen = readFileSync(trace, 'latin1');
    expect(seen).toContain('keyring-child');
    expect(seen).not.toContain('canary');
  });

  it('takes a text of several lines', async () => {
    const pem = '-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----';
    await storeSecret(place, pem, contextWith(beside()));
    expect(entries()).toEqual({ 'loanq/crego': pem });
  });

  it('that does not take it is told, and has what it had', async () => {
    const context = contextWith(beside('throw new Error("locked");'));
    await expect(storeSecret(place, canary, context)).rejects.toThrow('the keyring does not take it');
  });
});
