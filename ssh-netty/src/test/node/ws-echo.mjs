// A WebSocket service that sends every message back.
// Takes the address to listen on; prints "listening PORT".
import { WebSocketServer } from 'ws';

const server = new WebSocketServer({ host: process.argv[2], port: 0, maxPayload: 16 << 20 }, () =>
  console.log('listening', server.address().port),
);
server.on('connection', (socket, request) => {
  console.log('visitor for', request.headers.host);
  socket.on('message', (data, binary) => socket.send(data, { binary }));
  socket.on('close', (code) => console.log('closed', code));
});
