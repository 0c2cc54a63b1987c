package dev.porthole.relay.control;

import dev.porthole.relay.control.Claims.Claim;
import dev.porthole.relay.control.TunnelClient.Standing;
import dev.porthole.relay.route.Names;
import dev.porthole.relay.route.Route;
import dev.porthole.relay.route.Routes;
import dev.porthole.relay.tcp.TcpEdge;
import dev.porthole.relay.words.ForwardWish;
import dev.porthole.relay.words.RefusedException;
import dev.porthole.relay.words.TunnelKind;
import dev.porthole.ssh.channel.BindAddress;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Grants forwards: finds a name or opens a port, and leads its visitors. Confined to the loop. */
public final class Forwards {
  private static final int MAX_FORWARDS = 64;

  private final Routes routes;
  private final Names names;
  private final TcpEdge tcp;
  private final PublicPlaces places;
  private final Claims claims = new Claims();

  /** Of these names, ports and places. */
  public Forwards(Routes routes, Names names, TcpEdge tcp, PublicPlaces places) {
    this.routes = routes;
    this.names = names;
    this.tcp = tcp;
    this.places = places;
  }

  /** Whether names are served in https too. */
  boolean haveHttps() {
    return places.servesHttps();
  }

  /** Fulfilled with the granted address; a refusal is a {@link RefusedException}. */
  CompletableFuture<BindAddress> grant(
      TunnelClient client, BindAddress requested, Optional<String> owner) {
    try {
      if (client.login().refusal().isPresent()) {
        throw new RefusedException(client.login().refusal().get());
      }
      ForwardWish wish = ForwardWish.parse(requested, client.login().kind());
      check(client, requested, wish);
      return switch (wish.kind()) {
        case HTTP, TLS -> grantName(client, requested, wish, owner);
        case TCP, TLSTCP -> grantPort(client, requested, wish, owner);
      };
    } catch (RefusedException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void check(TunnelClient client, BindAddress requested, ForwardWish wish)
      throws RefusedException {
    String missing = places.missingFor(wish.kind());
    if (!missing.isEmpty()) {
      throw new RefusedException(missing);
    }
    if (client.forwards() >= MAX_FORWARDS) {
      throw new RefusedException("One client may have " + MAX_FORWARDS + " forwards, not more.");
    }
    if (requested.port() != 0 && client.has(requested)) {
      throw new RefusedException("The forward " + requested + " stands already.");
    }
  }

  private CompletableFuture<BindAddress> grantName(
      TunnelClient client, BindAddress requested, ForwardWish wish, Optional<String> owner)
      throws RefusedException {
    // A port means nothing to a name, but the reply to a request for any port has to bring one.
    BindAddress bound = requested.port() == 0 ? client.numbered(requested) : requested;
    Route route = addRoute(client, bound, wish, owner);
    Runnable free = claimed(route.host(), new Claim(client, bound, owner));
    client.stands(
        bound,
        new Standing(
            places.urlsOf(route.kind(), route.host()),
            () -> {
              routes.remove(route);
              free.run();
            }));
    return CompletableFuture.completedFuture(route.bound());
  }

  private Route addRoute(
      TunnelClient client, BindAddress bound, ForwardWish wish, Optional<String> owner)
      throws RefusedException {
    String host = host(client, wish, owner);
    Route route = new Route(wish.kind(), host, bound, client.connection(), client.policies());
    routes.add(route);
    return route;
  }

  private String host(TunnelClient client, ForwardWish wish, Optional<String> owner)
      throws RefusedException {
    if (wish.name().isPresent()) {
      String wanted = places.hostOf(wish.name().get());
      if (!routes.isFree(wanted) && !claims.takeOver(wanted, client, owner)) {
        throw new RefusedException("The name " + wanted + " is taken by another tunnel.");
      }
      return wanted;
    }
    Optional<String> own =
        owner
            .map(who -> places.hostOf(names.of(who, client.forwards())))
            .filter(name -> routes.isFree(name) || claims.takeOverFromSilent(name, client, owner));
    String host = own.orElseGet(() -> places.hostOf(names.any()));
    while (!routes.isFree(host)) {
      host = places.hostOf(names.any());
    }
    return host;
  }

  private CompletableFuture<BindAddress> grantPort(
      TunnelClient client, BindAddress requested, ForwardWish wish, Optional<String> owner) {
    CompletableFuture<Route> route = new CompletableFuture<>();
    client.deciding(requested);
    claims.takeOver(Claims.port(wish.port()), client, owner);
    return tcp.listen(wish.port(), route::join)
        .handle(
            (listening, failure) -> {
              client.decided(requested);
              try {
                if (failure != null) {
                  throw new RefusedException(String.valueOf(failure.getMessage()));
                }
                int port = ((InetSocketAddress) listening.localAddress()).getPort();
                BindAddress bound = requested.port() == 0 ? requested.withPort(port) : requested;
                Standing standing = standing(client, bound, wish, owner, listening);
                route.complete(
                    new Route(TunnelKind.TCP, "", bound, client.connection(), client.policies()));
                client.stands(bound, standing);
                return bound;
              } catch (RefusedException e) {
                throw new CompletionException(e);
              }
            });
  }

  /** A port, and with {@code tlstcp} a name beside it. */
  private Standing standing(
      TunnelClient client,
      BindAddress bound,
      ForwardWish wish,
      Optional<String> owner,
      Channel listening)
      throws RefusedException {
    int port = ((InetSocketAddress) listening.localAddress()).getPort();
    Claim claim = new Claim(client, bound, owner);
    try {
      List<String> urls = new ArrayList<>(List.of(places.urlOf(port)));
      List<Runnable> takeBack = new ArrayList<>(List.of(listening::close));
      if (wish.kind() == TunnelKind.TLSTCP) {
        Route named = addRoute(client, bound, wish, owner);
        urls.addAll(places.urlsOf(named.kind(), named.host()));
        takeBack.add(() -> routes.remove(named));
        takeBack.add(claimed(named.host(), claim));
      }
      takeBack.add(claimed(Claims.port(port), claim));
      return new Standing(urls, () -> takeBack.forEach(Runnable::run));
    } catch (RefusedException e) {
      listening.close();
      throw e;
    }
  }

  /** Notes who holds a place; what is returned frees it. */
  private Runnable claimed(String place, Claim claim) {
    claims.add(place, claim);
    return () -> claims.remove(place, claim);
  }
}
