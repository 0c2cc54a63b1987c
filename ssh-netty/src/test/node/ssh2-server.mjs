// An npm ssh2 server that grants remote forwards on loopback.
// Prints "listening PORT", then one line per event.
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { parseArgs } from 'node:util';
import ssh2 from 'ssh2';
import { splice } from './splice.mjs';

const { values } = parseArgs({
  options: {
    'host-key': { type: 'string' },
    none: { type: 'boolean', default: false },
    password: { type: 'string', default: '' },
    authorized: { type: 'string', default: '' },
    text: { type: 'string', default: '' },
  },
});
const allowed = values.authorized ? ssh2.utils.parseKey(readFileSync(values.authorized)) : undefined;

function authenticate(context) {
  switch (context.method) {
    case 'none':
      return values.none;
    case 'password':
      return values.password !== '' && context.password === values.password;
    case 'publickey':
      return (
        allowed !== undefined &&
        context.key.data.equals(allowed.getPublicSSH()) &&
        (!context.signature ||
          allowed.verify(context.blob, context.signature, context.hashAlgo) === true)
      );
    default:
      return false;
  }
}

function listen(client, info, accept, reject, listeners) {
  const listener = net.createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) => {
    client.forwardOut(
      info.bindAddr,
      listener.address().port,
      socket.remoteAddress,
      socket.remotePort,
      (error, channel) => {
        if (error) {
          console.log('refused', error.message);
          socket.resetAndDestroy();
          return;
        }
        splice(socket, channel);
      },
    );
  });
  listener.on('error', (error) => {
    console.log('bind failed', error.code);
    reject();
  });
  listener.listen(info.bindPort, '127.0.0.1', () => {
    const { port } = listener.address();
    listeners.set(`${info.bindAddr}:${port}`, listener);
    console.log('forward', `${info.bindAddr}:${port}`);
    accept(port);
  });
}

const server = new ssh2.Server({ hostKeys: [readFileSync(values['host-key'])] }, (client) => {
  const listeners = new Map();
  client.on('authentication', (context) => {
    if (authenticate(context)) {
      context.accept();
    } else {
      const methods = [];
      if (values.password) methods.push('password');
      if (allowed) methods.push('publickey');
      context.reject(methods);
    }
  });
  client.on('request', (accept, reject, name, info) => {
    if (name === 'tcpip-forward') {
      listen(client, info, accept, reject, listeners);
    } else if (name === 'cancel-tcpip-forward') {
      const key = `${info.bindAddr}:${info.bindPort}`;
      listeners.get(key)?.close();
      console.log('cancelled', key);
      if (listeners.delete(key)) accept?.();
      else reject?.();
    } else {
      reject?.();
    }
  });
  client.on('session', (accept) => {
    const session = accept();
    session.on('pty', (acceptPty) => acceptPty?.());
    session.on('shell', (acceptShell) => {
      const stream = acceptShell();
      stream.write(values.text.replaceAll('\\n', '\n'));
    });
  });
  client.on('error', (error) => console.log('client error', error.message));
  client.on('close', () => listeners.forEach((listener) => listener.close()));
});
server.listen(0, '127.0.0.1', () => console.log('listening', server.address().port));
