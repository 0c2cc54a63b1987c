// Joins a socket and an ssh2 channel with half-close and reset: a channel that is closed without
// EOF was reset.
// Left alone, ssh2 closes a channel when our side of it has ended (as a server, or never as a
// client); here it is closed when both sides have. It also tells EOF and CLOSE alike.
export function splice(socket, channel) {
  channel.server = false;
  channel.allowHalfOpen = true;
  let open = 2;
  let eof;
  const push = channel.push;
  channel.push = (data, ...more) => {
    if (data === null) eof ??= channel.incoming.state === 'eof';
    return push.call(channel, data, ...more);
  };
  const ended = () => {
    open -= 1;
    if (open === 0) channel.close();
  };
  channel.on('finish', ended);
  channel.on('end', () => {
    if (eof) socket.end();
    else socket.resetAndDestroy();
    ended();
  });
  channel.on('close', () => socket.destroySoon());
  socket.on('error', () => channel.close());
  socket.pipe(channel).pipe(socket, { end: false });
}
