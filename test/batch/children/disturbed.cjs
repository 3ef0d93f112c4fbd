// Notes what the program asks of the file system in one directory, in a process of its own (--require) or in that of a test (`watch`).
// At one of these steps (`1 rename errors.partial errors`: the first of this name) something else happens: `with` is KILL, STOP (the
// step is made when the process goes on), or the error that the system answers.
'use strict';
const fs = require('node:fs');
const promises = require('node:fs/promises');
const { syncBuiltinESMExports } = require('node:module');
const { basename, dirname, resolve } = require('node:path');

let watching;
const names = new WeakMap();

/** Begins to note steps, or ends it. */
function watch(what) {
  watching = what && { ...what, counts: new Map() };
}

/** The name of a file in the directory, without what differs from run to run; undefined elsewhere. */
function nameOf(path) {
  if (watching === undefined || typeof path !== 'string') return undefined;
  const full = resolve(path);
  if (full === watching.directory) return '.';
  return dirname(full) === watching.directory ? basename(full).replace(/\.lock\.[^.]*/, '.lock.#') : undefined;
}

function step(words) {
  const name = words.join(' ');
  const nth = (watching.counts.get(name) ?? 0) + 1;
  watching.counts.set(name, nth);
  watching.note(`${nth} ${name}`);
  if (`${nth} ${name}` !== watching.at) return;
  if (watching.with === 'KILL' || watching.with === 'STOP') process.kill(process.pid, `SIG${watching.with}`);
  else throw Object.assign(new Error(`${watching.with}: disturbed`), { code: watching.with, syscall: words[0] });
}

function disturbed(original, wordsOf) {
  return async function (...args) {
    const words = watching && wordsOf.call(this, args);
    if (words !== undefined) step(words);
    return Reflect.apply(original, this, args);
  };
}

for (const method of ['lstat', 'stat', 'unlink', 'rm', 'readdir', 'readFile', 'rename', 'link']) {
  promises[method] = disturbed(promises[method], paths => {
    const found = paths.slice(0, method === 'rename' || method === 'link' ? 2 : 1).map(nameOf);
    return found.includes(undefined) ? undefined : [method, ...found];
  });
}

const { open } = promises;
let isKnown = false;
promises.open = async (...args) => {
  const name = nameOf(args[0]);
  if (name !== undefined) step(['open', name]);
  const handle = await open(...args);
  if (name !== undefined) {
    names.set(handle, name);
    handle.close = disturbed(handle.close, () => ['close', name]);
  }
  if (!isKnown) disturbHandles(Object.getPrototypeOf(handle));
  isKnown = true;
  return handle;
};

function disturbHandles(kind) {
  for (const method of ['write', 'writeFile', 'appendFile', 'read', 'stat', 'truncate', 'chmod', 'chown', 'datasync', 'sync']) {
    kind[method] = disturbed(kind[method], function () {
      return names.has(this) ? [method, names.get(this)] : undefined;
    });
  }
}

syncBuiltinESMExports();
module.exports = { watch };

const { DISTURB_AT, DISTURB_WITH, DISTURB_LOG } = process.env;
if (DISTURB_LOG !== undefined) {
  watch({ directory: process.cwd(), at: DISTURB_AT, with: DISTURB_WITH, note: text => fs.appendFileSync(DISTURB_LOG, `${text}\n`) });
}
