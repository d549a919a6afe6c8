package io.freshet.gateway.http;

import io.netty.channel.ChannelFactory;
import io.netty.channel.ServerChannel;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.impl.transports.JDKTransport;
import io.vertx.core.spi.VertxServiceProvider;

/**
 * Puts a {@link ConnectionGuard} into every connection that a server accepts. Vert.x has no nearer place for it: what it
 * calls a connection handler or an invalid request's handler is taken by Quarkus, or comes too late. Connections whose
 * TLS ends here are not guarded: TLS is the ingress's.
 */
@RegisterForReflection
public final class GuardedServers implements VertxServiceProvider {

    @Override
    public void init(VertxBuilder builder) {
        builder.findTransport(new Guarding());
    }

    private static final class Guarding extends JDKTransport {
        @Override
        public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
            ChannelFactory<? extends ServerChannel> plain = super.serverChannelFactory(domainSocket);
            return () -> {
                ServerChannel channel = plain.newChannel();
                channel.pipeline().addFirst(new Accepting());
                return channel;
            };
        }
    }
}
