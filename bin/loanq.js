#!/usr/bin/env node
// Launcher: checks the Node version, answers --version without loading anything, keeps compiled code where Node can.
'use strict';
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 17)) {
  process.stderr.write(`error: loanq needs Node 20.17 or newer, this is ${process.versions.node}\n`);
  process.exitCode = 1;
} else if (process.argv.length === 3 && (process.argv[2] === '--version' || process.argv[2] === '-V')) {
  process.stdout.on('error', error => {
    if (error.code === 'EPIPE') return;
    process.stderr.write(`error: cannot write standard output: ${error.code}\n`);
    process.exitCode = 23;
  });
  process.stdout.write(`${require('../package.json').version}\n`);
} else {
  require('node:module').enableCompileCache?.();
  require('../dist/main.js');
}
