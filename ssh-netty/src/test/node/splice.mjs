// Joins a socket and an ssh2 channel with half-close.
// Left alone, ssh2 closes a channel when our side of it has ended (as a server, or never as a
// client); here it is closed when both sides have.
export function splice(socket, channel) {
  channel.server = false;
  channel.allowHalfOpen = true;
  let open = 2;
  const ended = () => {
    open -= 1;
    if (open === 0) channel.close();
  };
  channel.on('finish', ended);
  channel.on('end', ended);
  channel.on('close', () => socket.destroySoon());
  socket.on('error', () => channel.close());
  socket.pipe(channel).pipe(socket);
}
