package io.freshet.gateway.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;

import java.time.Duration;

/** Sees connections as they are accepted, and gives each its guard before its first byte is read. */
final class Accepting extends ChannelInboundHandlerAdapter {
    private static final String HTTP = "handler";

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
        ((Channel) accepted).pipeline().addLast(new Guarding());
        context.fireChannelRead(accepted);
    }

    /** When a channel is registered, Vert.x has just put its own handlers into it. */
    private static final class Guarding extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRegistered(ChannelHandlerContext context) {
            ChannelPipeline pipeline = context.pipeline();
            if (pipeline.get(HTTP) != null) {
                pipeline.addBefore(HTTP, "guard", new ConnectionGuard(Duration.ofSeconds(30), Duration.ofSeconds(75)));
            }
            context.fireChannelRegistered();
            pipeline.remove(this);
        }
    }
}
