package io.freshet.gateway.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ServerChannel;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.impl.transports.JDKTransport;
import io.vertx.core.spi.VertxServiceProvider;

import java.time.Duration;

/**
 * Puts a {@link ConnectionGuard} into every connection that a server accepts. Vert.x has no better hook: its connection
 * handler and its handler of invalid requests are used by Quarkus, or are called too late. Connections whose TLS ends here
 * are not guarded: TLS is up to the ingress.
 */
@RegisterForReflection
public final class GuardedServers implements VertxServiceProvider {
    private static final Duration HEAD_TIME = Duration.ofSeconds(30);
    private static final Duration IDLE_TIME = Duration.ofSeconds(75);

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

    /** Gives each accepted connection its guard before its first byte is read. */
    private static final class Accepting extends ChannelInboundHandlerAdapter {
        private static final String HTTP = "handler";

        @Override
        public void channelRead(ChannelHandlerContext context, Object accepted) {
            ((Channel) accepted).pipeline().addLast(new Registering());
            context.fireChannelRead(accepted);
        }

        /** When a channel is registered, Vert.x has just added its own handlers. */
        private static final class Registering extends ChannelInboundHandlerAdapter {
            @Override
            public void channelRegistered(ChannelHandlerContext context) {
                ChannelPipeline pipeline = context.pipeline();
                if (pipeline.get(HTTP) != null) {
                    pipeline.addBefore(HTTP, "guard", new ConnectionGuard(HEAD_TIME, IDLE_TIME));
                }
                context.fireChannelRegistered();
                pipeline.remove(this);
            }
        }
    }
}
