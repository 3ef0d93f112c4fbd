// One handshake with a server of this machine under a given context.
import tls from 'node:tls';

/** `trusted`, or the code of the refusal. */
export function trusts(port: number, secureContext: tls.SecureContext): Promise<string> {
  return new Promise(resolve => {
    const socket = tls.connect({ port, host: '127.0.0.1', servername: 'localhost', secureContext }, () => {
      resolve('trusted');
      socket.destroy();
    });
    socket.on('error', error => resolve('code' in error ? String(error.code) : error.message));
  });
}
