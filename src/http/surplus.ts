// HTTP/1.1 numbers nothing: on a kept connection the next bytes are taken for the next answer, whoever they were meant for.
// So a connection is watched from its first request on, and one that brings more than it was asked for is not used again.
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';

export class SurplusWatch {
  readonly #listeners = new WeakMap<Socket, () => void>();
  readonly #surplus = new WeakSet<Socket>();

  /** Watches a connection while it carries this request and afterwards, until the next one. To be called on the request's `socket` event. */
  follow(socket: Socket, request: ClientRequest): void {
    let response: IncomingMessage | undefined;
    request.once('response', begun => {
      response = begun;
    });
    let wasComplete = false;
    // Runs behind Node's parser, which has taken what it could of the chunk, and has ended a connection with a second head in it.
    const onData = () => {
      const isComplete = response?.complete === true;
      if (wasComplete || (isComplete && socket.destroyed)) {
        this.#surplus.add(socket);
        socket.destroy();
      }
      wasComplete = isComplete;
    };
    const former = this.#listeners.get(socket);
    if (former !== undefined) socket.off('data', former);
    this.#listeners.set(socket, onData);
    socket.on('data', onData);
  }

  /** Whether bytes have come behind an answer. */
  found(socket: Socket): boolean {
    return this.#surplus.has(socket);
  }
}

let reading: Promise<void> | undefined;

/**
 * Resolves when all that has reached this machine by now has been read: the first turn of the event loop may be half over. Who asks
 * in the same turn waits for the same.
 */
export function arrivalsRead(): Promise<void> {
  reading ??= readArrivals();
  return reading;
}

async function readArrivals(): Promise<void> {
  await turn();
  reading = undefined;
  await turn();
}
