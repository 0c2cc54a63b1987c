// An npm ssh2 client that asks for remote forwards and leads visitors to a local port.
// Prints "forward PORT" per forward, and "cancelled" on a line "cancel" of its input.
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { createInterface } from 'node:readline';
import { parseArgs, promisify } from 'node:util';
import ssh2 from 'ssh2';
import { splice } from './splice.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    port: { type: 'string' },
    user: { type: 'string' },
    key: { type: 'string' },
    password: { type: 'string', default: '' },
    keepalive: { type: 'string', default: '0' },
    // PORT:HOST:PORT, as of ssh -L
    local: { type: 'string', default: '' },
  },
});
const forwards = positionals.map((word) => {
  const [host, port, local] = word.split('|');
  return { host, port: Number(port), local: Number(local) };
});
const client = new ssh2.Client();

client.on('tcp connection', (info, accept) => {
  const forward = forwards.find((f) => f.host === info.destIP && f.port === info.destPort);
  const channel = accept();
  const socket = net.connect({ port: forward.local, host: '127.0.0.1', allowHalfOpen: true });
  splice(socket, channel);
});
function leadOut([from, host, to]) {
  const listener = net.createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) => {
    client.forwardOut('127.0.0.1', socket.remotePort, host, Number(to), (error, channel) => {
      if (error) {
        console.log('refused', error.message);
        socket.resetAndDestroy();
      } else {
        splice(socket, channel);
      }
    });
  });
  listener.listen(Number(from), '127.0.0.1');
}

client.on('ready', async () => {
  if (values.local) leadOut(values.local.split(':'));
  const ask = promisify(client.forwardIn.bind(client));
  try {
    for (const forward of forwards) {
      const granted = await ask(forward.host, forward.port);
      forward.port = granted || forward.port;
      console.log('forward', forward.port);
    }
    console.log('ready');
  } catch (error) {
    console.log('failed', error.message);
    process.exit(1);
  }
});
client.on('error', (error) => {
  console.log('error', error.message);
  process.exit(1);
});
client.on('close', () => process.exit(0));
createInterface({ input: process.stdin }).on('line', (line) => {
  if (line === 'cancel') {
    client.unforwardIn(forwards[0].host, forwards[0].port, (error) =>
      console.log(error ? `cancel failed ${error.message}` : 'cancelled'),
    );
  }
});
client.connect({
  host: '127.0.0.1',
  port: Number(values.port),
  username: values.user,
  keepaliveInterval: Number(values.keepalive) * 1000,
  ...(values.key ? { privateKey: readFileSync(values.key) } : {}),
  ...(values.password ? { password: values.password } : {}),
});
