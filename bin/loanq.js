#!/usr/bin/env node
// Launcher: checks the Node version, answers --version without loading anything, keeps compiled code where nobody else can write.
'use strict';
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 17)) {
  process.stderr.write(`error: loanq needs Node 20.17 or newer, this is ${process.versions.node}\n`);
  process.exitCode = 1;
} else if (process.argv.length === 3 && (process.argv[2] === '--version' || process.argv[2] === '-V')) {
  printVersion();
} else if (process.argv[2] === 'keyring-child' && process.send !== undefined) {
  const { askKeyring } = require('../dist/keyring-child.js');
  const answer = task => askKeyring(process.argv[3], task).then(said => process.send(said, () => process.exit()));
  // What is to be stored comes as a message: everybody can read the arguments of a process.
  if (process.argv[4] === 'told') process.once('message', answer);
  else answer();
} else {
  const directory = codeDirectory();
  const dist = require('node:path').join(__dirname, '../dist');
  const kind = process.argv.some(word => word === '--help' || word === '-h') ? '-help' : '';
  const { load, keep } = require('./packs.js').openPacks({ dist, directory, kind, uid: process.geteuid?.() });
  if (directory !== undefined) {
    process.on('exit', () => {
      try {
        keep();
      } catch {
        // The next run is 20 ms slower; this one has done its work.
      }
    });
  }
  load('main');
}

/** Where compiled code is kept; undefined: nowhere. The variable is Node's own word for its own cache. */
function codeDirectory() {
  if (process.env.NODE_DISABLE_COMPILE_CACHE) return undefined;
  return require('./packs.js').codeDirectory({ env: process.env, home: home(), uid: process.geteuid?.() });
}

/** What Node's own module says, which is loaded only where nothing names a home. A container may run under a number that has none. */
function home() {
  try {
    return process.env.HOME ?? require('node:os').homedir();
  } catch {
    return '';
  }
}

/** Written to the descriptor itself: to open a stream takes longer than all the rest. */
function printVersion() {
  const { readFileSync, writeSync } = require('node:fs');
  const { join } = require('node:path');
  const line = `${JSON.parse(readFileSync(join(__dirname, '../package.json'), 'utf8')).version}\n`;
  const refuse = error => {
    if (error.code === 'EPIPE') return;
    process.stderr.write(`error: cannot write standard output: ${error.code}\n`);
    process.exitCode = 23;
  };
  try {
    writeSync(1, line);
  } catch (error) {
    // A pipe that does not wait and is full: a stream waits for its reader.
    if (error.code === 'EAGAIN') process.stdout.on('error', refuse).write(line);
    else refuse(error);
  }
}
