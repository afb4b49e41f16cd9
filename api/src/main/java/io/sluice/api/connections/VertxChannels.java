package io.sluice.api.connections;

import io.netty.channel.Channel;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Netty's channel under a connection of Vert.x, which its API does not show. The handler of a connection sees bytes alone, and only
 * the request, which is one of Vert.x, knows when its head is whole.
 */
final class VertxChannels {

    private VertxChannels() {}

    static Channel of(HttpServerRequest request) {
        return ((ConnectionBase) request.connection()).channel();
    }
}
