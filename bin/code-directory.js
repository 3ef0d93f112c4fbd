// Finds the directory for compiled code. V8 runs what it finds there after comparing little more than a length, so it
// has to be out of reach of everybody else: each directory on the way is looked at, and in doubt there is no cache.
'use strict';
const { lstatSync, mkdirSync } = require('node:fs');
const { dirname, isAbsolute, join } = require('node:path');

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
