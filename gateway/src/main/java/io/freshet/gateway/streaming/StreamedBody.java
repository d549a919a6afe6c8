package io.freshet.gateway.streaming;

import io.smallrye.mutiny.Multi;

import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * A response body that is fetched while it is sent.
 *
 * @param length bytes, if they are known
 * @param chunks fetched one by one, as fast as the client reads
 */
public record StreamedBody(OptionalLong length, Multi<ByteBuffer> chunks) {}
