// A port on loopback that never takes a connection: its backlog is full, so that connecting hangs as behind a silent firewall.
import { once } from 'node:events';
import net from 'node:net';
import { Worker } from 'node:worker_threads';

const blockedListener = `
  const { parentPort } = require('node:worker_threads');
  const server = require('node:net').createServer();
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
  });
`;

export interface BlackHole {
  readonly port: number;
  close(): Promise<void>;
}

export async function openBlackHole(): Promise<BlackHole> {
  const worker = new Worker(blockedListener, { eval: true });
  const [port] = (await once(worker, 'message')) as [number];
  const fillers = Array.from({ length: 4 }, () => net.connect(port, '127.0.0.1').on('error', () => {}));
  await Promise.all(fillers.slice(0, 2).map(filler => once(filler, 'connect')));
  return {
    port,
    close: async () => {
      for (const filler of fillers) filler.destroy();
      await worker.terminate();
    },
  };
}
