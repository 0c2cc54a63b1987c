// A small HTTP service with the traits that proxies get wrong.
// Takes the address and, if it matters, the port to listen on; prints "listening PORT".
import { createHash } from 'node:crypto';
import http from 'node:http';

const listeners = [];
let events = 0;
let release = () => {};

const routes = {
  'GET /': (request, response) => response.end('hello from node\n'),
  // Whatever comes is sent back as it comes, in chunks.
  'POST /echo': (request, response) => request.pipe(response),
  'POST /sum': async (request, response) => {
    const sum = createHash('sha256');
    for await (const block of request) sum.update(block);
    response.end(`${sum.digest('hex')}\n`);
  },
  // Each POST to /events/next is one event for everybody who listens.
  'GET /events': (request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    response.write(': welcome\n\n');
    listeners.push(response);
  },
  'POST /events/next': (request, response) => {
    events += 1;
    listeners.forEach((listener) => listener.write(`id: ${events}\ndata: event ${events}\n\n`));
    response.end();
  },
  // The answer comes when /hints/release was asked for.
  'GET /hints': async (request, response) => {
    const released = new Promise((resolve) => {
      release = resolve;
    });
    response.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' });
    await released;
    response.end('after the hints\n');
  },
  'POST /hints/release': (request, response) => {
    release();
    response.end();
  },
  // Sends back, as a trailer, the trailer it got.
  'POST /trailers': async (request, response) => {
    response.writeHead(200, { Trailer: 'X-Sum' });
    for await (const block of request) response.write(block);
    response.addTrailers({ 'X-Sum': request.trailers['x-sum'] ?? 'none' });
    response.end();
  },
};

function route(request, response) {
  const answer = routes[`${request.method} ${request.url}`];
  if (answer) answer(request, response);
  else response.writeHead(404).end();
}

const server = http.createServer(route);
server.on('checkContinue', (request, response) => {
  if (request.url === '/refused') {
    response.writeHead(417, { Connection: 'close' }).end();
  } else {
    response.writeContinue();
    route(request, response);
  }
});
server.listen(Number(process.argv[3] ?? 0), process.argv[2], () => console.log('listening', server.address().port));
