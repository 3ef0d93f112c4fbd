// Runs the packs of dist, each one script, and keeps their compiled code. V8 believes what a code cache says and may crash over a
// flipped byte, so a file is used only if it is the user's own, of this Node and this build, and says the same twice: that tells as much
// as a checksum, for which streams and zlib would be loaded, 2 ms of each start. Nothing depends on it.
'use strict';
const {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  unlinkSync,
  writeSync,
} = require('node:fs');
const { dirname, isAbsolute, join } = require('node:path');
const { Script } = require('node:vm');

const mostBytes = 16 * 1024 * 1024;
const mostWays = 16;
const dayMs = 24 * 60 * 60 * 1000;
const runtime = `${process.version}-${process.arch}`;

/**
 * What asks for modules by name. `keep` writes what this run has compiled into `directory`; call it at the end. Runs of another `kind` use
 * other functions of the same packs, and have files of their own.
 */
exports.openPacks = ({ dist, directory, kind, uid }) => {
  const opened = [];
  const factories = {};
  const where = {};
  const modules = new Map();

  function load(id) {
    if (modules.has(id)) return modules.get(id);
    if (factories[id] === undefined) open(where[id] ?? id);
    const exports = factories[id](load, spaceOf, require);
    modules.set(id, exports);
    return exports;
  }

  function open(name) {
    const filename = join(dist, `${name}.js`);
    const source = readFileSync(filename, 'utf8');
    const build = source.slice(2, 66);
    const file = directory && join(directory, `${name}${kind}${endOf(build)}`);
    const found = file && readCode(file, build, uid);
    const script = new Script(source, { filename, cachedData: found?.code });
    const kept = script.cachedDataRejected === false ? found : undefined;
    opened.push({ name, build, file, script, size: kept?.code.length ?? 0, ways: kept?.ways ?? [] });
    const pack = script.runInThisContext();
    Object.assign(factories, pack.modules);
    Object.assign(where, pack.where);
  }

  /** Which functions a run compiles goes by the packs it has use of: code is written anew when a pack is used in a new company. */
  function keep() {
    const way = wayOf(opened.map(({ name }) => name).join());
    const fresh = opened.filter(({ ways }) => !ways.includes(way) && ways.length < mostWays);
    for (const { build, file, script, size, ways } of fresh) {
      const code = script.createCachedData();
      // After a long run V8 has dropped what it compiled first.
      if (code.length >= size) writeCode(file, build, [...ways, way], code);
    }
    if (fresh.length > 0) sweep(directory, endOf(fresh[0].build));
  }

  return { load, keep };
};

/** A module of Node as ES modules see it: its members, and all of it by the name `default`. */
function spaceOf(module) {
  return { __proto__: module, default: module };
}

const endOf = build => `.${build.slice(0, 16)}.${runtime}`;
const headOf = build => `loanq-code 2 ${runtime} ${build} `;

/** A short name for a company of packs. */
function wayOf(names) {
  let hash = 0;
  for (let at = 0; at < names.length; at += 1) hash = (Math.imul(hash, 31) + names.charCodeAt(at)) >>> 0;
  return hash.toString(16);
}

/** A line that ends where V8 can take the code behind it as it lies, without a copy: on a multiple of eight. */
function lineOf(build, ways) {
  const line = `${headOf(build)}${ways.join()}`;
  return Buffer.from(`${line.padEnd(Math.ceil((line.length + 1) / 8) * 8 - 1)}\n`, 'latin1');
}

/** Undefined for anything but what `writeCode` leaves. */
function readCode(file, build, uid) {
  let handle;
  try {
    handle = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const stats = fstatSync(handle);
    if (!stats.isFile() || stats.uid !== uid || (stats.mode & 0o077) !== 0 || stats.size > mostBytes) return undefined;
    const bytes = Buffer.allocUnsafeSlow(stats.size);
    if (readSync(handle, bytes, 0, stats.size, 0) !== stats.size) return undefined;
    const copy = bytes.subarray(0, stats.size / 2);
    if (!copy.equals(bytes.subarray(copy.length))) return undefined;
    const end = copy.indexOf('\n');
    const line = copy.latin1Slice(0, end);
    const head = headOf(build);
    if (end === -1 || !line.startsWith(head)) return undefined;
    return { code: copy.subarray(end + 1), ways: line.slice(head.length).trimEnd().split(',') };
  } catch {
    return undefined;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

/** Whoever reads meanwhile finds the old file or the new one, whole. */
function writeCode(file, build, ways, code) {
  const part = `${file}.${process.pid}`;
  const handle = createPart(part);
  try {
    const line = lineOf(build, ways);
    const bytes = Buffer.concat([line, code, line, code]);
    for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
    renameSync(part, file);
  } catch (error) {
    unlinkSync(part);
    throw error;
  } finally {
    closeSync(handle);
  }
}

/** In a container each run may have the same number: what a killed one left under it must not be in the way of all others. */
function createPart(part) {
  try {
    return openSync(part, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, 0o600);
  } catch (error) {
    if (error.code === 'EEXIST') unlinkSync(part);
    throw error;
  }
}

/** Removes the code of other versions of loanq and of Node, and what killed runs left. Not of today: two of them may be in use by turns. */
function sweep(directory, end) {
  for (const name of readdirSync(directory)) {
    if (name.endsWith(end)) continue;
    const path = join(directory, name);
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats?.isFile() && stats.mtimeMs < Date.now() - dayMs) unlinkSync(path);
  }
}

// Where compiled code is kept: V8 runs what it finds there after comparing little more than a length, so the directory has to be out of
// reach of everybody else. Each directory on the way is looked at, and in doubt there is no cache. In this file, because another one would
// take half a millisecond to load.

/**
 * `$XDG_CACHE_HOME/loanq/compiled`, default `~/.cache/loanq/compiled`; made if need be. Undefined where somebody else
 * could have written, also where root came by `sudo` with the home of its caller, and on systems that tell no owners.
 */
exports.codeDirectory = ({ env, home, uid }) => {
  const base = isAbsolute(env.XDG_CACHE_HOME ?? '') ? env.XDG_CACHE_HOME : isAbsolute(home) && home !== '/' && join(home, '.cache');
  if (!base || uid === undefined) return undefined;
  const directory = join(base, 'loanq', 'compiled');
  try {
    return isSafeWay(directory, uid) && isPrivate(lstatSync(directory), uid) ? directory : undefined;
  } catch {
    return undefined;
  }
};

/** Whether nobody but the user and root can put another directory in the place of this one. A link is none. */
function isSafeWay(path, uid) {
  const parent = dirname(path);
  if (parent !== path && !isSafeWay(parent, uid)) return false;
  const stats = lstatSync(path, { throwIfNoEntry: false }) ?? make(path);
  const isSticky = (stats.mode & 0o1000) !== 0;
  return stats.isDirectory() && (stats.uid === uid || stats.uid === 0) && ((stats.mode & 0o022) === 0 || isSticky);
}

/** Another process may have been faster; whose it is, is looked at like any other. */
function make(path) {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  return lstatSync(path);
}

function isPrivate(stats, uid) {
  return stats.uid === uid && (stats.mode & 0o077) === 0;
}
