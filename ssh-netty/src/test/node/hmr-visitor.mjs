// What a browser does with a Vite dev server: loads the page, its client and its module, opens the
// WebSocket for hot updates, and prints each message as "hmr TYPE PATHS".
// Takes host, port and what the Host header is to say.
import http from 'node:http';
import WebSocket from 'ws';

const [host, port, authority] = process.argv.slice(2);

function get(path) {
  return new Promise((resolve, reject) => {
    http
      .get({ host, port, path, headers: { host: authority } }, async (response) => {
        let text = '';
        for await (const block of response) text += block;
        if (response.statusCode === 200) resolve(text);
        else reject(new Error(`${path}: ${response.statusCode} ${text}`));
      })
      .on('error', reject);
  });
}

console.log('page', (await get('/')).includes('/@vite/client'));
const client = await get('/@vite/client');
console.log('module', (await get('/main.js')).includes('import.meta.hot'));
const token = /const wsToken = "([^"]+)"/.exec(client)?.[1];
const socket = new WebSocket(`ws://${host}:${port}/?token=${token}`, 'vite-hmr', {
  headers: { host: authority, origin: `http://${authority}` },
});
socket.on('message', (data) => {
  const message = JSON.parse(data);
  const paths = (message.updates ?? []).map((update) => update.path);
  console.log('hmr', message.type, paths.join(' '));
});
socket.on('error', (error) => {
  console.log('failed', error.message);
  process.exit(1);
});
