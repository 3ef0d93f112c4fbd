// Listening sockets on loopback whose connections can all be cut at the end of a test.
import { once } from 'node:events';
import net from 'node:net';

export interface Listening {
  readonly port: number;
  /** Connections accepted so far. */
  readonly connections: number;
  /** Resolves when no connection is open any more. */
  deserted(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a server on a free port of 127.0.0.1. */
export async function listen(server: net.Server): Promise<Listening> {
  const sockets = new Set<net.Socket>();
  let connections = 0;
  server.on('connection', (socket: net.Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not a TCP server');
  return {
    port: address.port,
    get connections() {
      return connections;
    },
    deserted: async () => {
      for (const socket of sockets) if (!socket.closed) await once(socket, 'close');
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      if (!server.listening) return;
      server.close();
      await once(server, 'close');
    },
  };
}

/** A server without any protocol: what it does with a connection is up to the test. */
export function startTcpServer(onConnection: (socket: net.Socket) => void): Promise<Listening> {
  return listen(net.createServer(onConnection));
}
