package io.sluice.api.connections;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;

/**
 * Lets a request of HTTP/1.1 keep its {@code Content-Length} beside {@code Transfer-Encoding: chunked}, so that it can be refused: the
 * decoder of Vert.x drops the former, and nobody behind it could tell (RFC 9112, section 6.1). Takes the decoder's place as soon as
 * there is one, and is gone then.
 */
final class RequestFraming extends ChannelInboundHandlerAdapter {

    private static final String DECODER = "httpDecoder";

    /** Name of the handler that Vert.x has instead where HTTP/2 is spoken. */
    private static final String HTTP_2 = "handler";

    private static final String TLS = "ssl";

    private final HttpServerOptions options;

    private RequestFraming(HttpServerOptions options) {
        this.options = options;
    }

    /** Installs it before whatever reads requests: behind TLS, or behind the handler of the connection. */
    static void install(ChannelHandlerContext connection, HttpServerOptions options) {
        ChannelPipeline pipeline = connection.pipeline();
        pipeline.addAfter(
                pipeline.get(TLS) == null ? connection.name() : TLS,
                RequestFraming.class.getName(),
                new RequestFraming(options));
    }

    /**
     * A connection without TLS speaks HTTP/1.1 or HTTP/2, and Vert.x knows from the first bytes; so it gets them one by one, lest it
     * decodes a request with the same.
     */
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        while (!isDecided(context.pipeline()) && bytes.readableBytes() > 1) {
            context.fireChannelRead(bytes.readRetainedSlice(1));
        }
        if (isDecided(context.pipeline())) {
            replaceDecoder(context.pipeline());
            context.pipeline().remove(this);
        }
        context.fireChannelRead(bytes);
    }

    private static boolean isDecided(ChannelPipeline pipeline) {
        return pipeline.get(DECODER) != null || pipeline.get(HTTP_2) != null;
    }

    /** Replaces the decoder; bytes that the old one has not decoded yet it hands to the new one. */
    private void replaceDecoder(ChannelPipeline pipeline) {
        if (pipeline.get(DECODER) != null) {
            pipeline.replace(DECODER, DECODER, new Decoder(options));
        }
    }

    private static final class Decoder extends VertxHttpRequestDecoder {

        Decoder(HttpServerOptions options) {
            super(options);
        }

        @Override
        protected void handleTransferEncodingChunkedWithContentLength(HttpMessage request) {
            String length = request.headers().get(HttpHeaderNames.CONTENT_LENGTH);
            super.handleTransferEncodingChunkedWithContentLength(request);
            request.headers().set(HttpHeaderNames.CONTENT_LENGTH, length);
        }
    }
}
