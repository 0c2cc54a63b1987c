// A Vite dev server for a folder, with Vite's defaults for everything else.
// Takes folder, address and port; prints "listening PORT".
import { createServer } from 'vite';

const [root, host, port] = process.argv.slice(2);
const server = await createServer({
  root,
  cacheDir: `${root}/.vite`,
  configFile: false,
  server: { host, port: Number(port), strictPort: true },
});
await server.listen();
console.log('listening', server.httpServer.address().port);
process.on('SIGTERM', () => server.close().finally(() => process.exit(0)));
