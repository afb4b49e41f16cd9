package io.sluice.api.connections;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;

/**
 * Puts a {@link ConnectionTimeoutHandler} at the beginning of each connection. Netty loads it as a service: nothing of Vert.x or Quarkus
 * sees a connection before its TLS handshake is over, or before it is known whether it speaks HTTP/1.1 or HTTP/2.
 */
public final class ConnectionInitializer extends ChannelInitializerExtension {

    @Override
    public void postInitializeServerChildChannel(Channel channel) {
        channel.pipeline().addFirst(new ConnectionTimeoutHandler(ConnectionLimiter.OF_PROGRAM));
    }
}
