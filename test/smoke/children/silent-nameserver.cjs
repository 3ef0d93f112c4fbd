// A name server that never answers, for the program that is named behind it; in a network of its own, where port 53 is free.
'use strict';
const { spawn } = require('node:child_process');
const { createSocket } = require('node:dgram');

createSocket('udp4').bind(53, '127.0.0.1', () => {
  const child = spawn(process.execPath, process.argv.slice(2), { stdio: 'inherit' });
  child.on('exit', (code, signal) => {
    if (signal !== null) process.kill(process.pid, signal);
    process.exit(code);
  });
});
