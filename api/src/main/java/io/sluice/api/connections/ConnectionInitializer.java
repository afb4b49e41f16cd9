package io.sluice.api.connections;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import java.util.function.Consumer;

/**
 * Sets up each connection before anything else does. Netty loads it as a service: nothing of Vert.x or Quarkus sees a connection
 * before its TLS handshake is over, or before it is known whether it speaks HTTP/1.1 or HTTP/2. So nothing can be injected, and
 * {@link ConnectionSetup} hands over what to do.
 */
public final class ConnectionInitializer extends ChannelInitializerExtension {

    private static volatile Consumer<Channel> setup = channel -> {};

    static void use(Consumer<Channel> newSetup) {
        setup = newSetup;
    }

    @Override
    public void postInitializeServerChildChannel(Channel channel) {
        setup.accept(channel);
    }
}
