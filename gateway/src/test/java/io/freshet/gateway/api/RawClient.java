package io.freshet.gateway.api;

import io.freshet.testing.Patience;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A client that says byte by byte what it means: half requests, odd chunks, slow reading. */
final class RawClient implements AutoCloseable {
    private final Socket socket = new Socket();
    private final InputStream in;

    private RawClient(int port, int receiveBuffer) throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        socket.setSoTimeout((int) Patience.LIMIT.toMillis());
        in = new BufferedInputStream(socket.getInputStream());
    }

    static RawClient connect(int port) throws IOException {
        return new RawClient(port, 0);
    }

    /** One whose system takes little before the reader does. */
    static RawClient slowReader(int port) throws IOException {
        return new RawClient(port, 16 * 1024);
    }

    RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Fails if the other side stops to take it. */
    RawClient send(byte[] bytes) throws IOException {
        CompletableFuture<IOException> outcome = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> outcome.complete(write(bytes)));
        try {
            IOException failure = outcome.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (failure != null) {
                throw failure;
            }
            return this;
        } catch (TimeoutException | InterruptedException | ExecutionException e) {
            socket.close();
            throw new AssertionError("The other side takes no more of what is sent", e);
        }
    }

    private IOException write(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    RawClient chunk(byte[] bytes) throws IOException {
        return send(Integer.toHexString(bytes.length) + "\r\n").send(bytes).send("\r\n");
    }

    RawClient lastChunk() throws IOException {
        return send("0\r\n\r\n");
    }

    /** Ends the connection as a process that died does. */
    void abort() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** @param headers by lower-case name */
    record Head(int status, Map<String, String> headers) {
        long contentLength() {
            return Long.parseLong(headers.getOrDefault("content-length", "0"));
        }
    }

    Head head() throws IOException {
        String statusLine = line();
        Map<String, String> headers = new TreeMap<>();
        for (String header = line(); !header.isEmpty(); header = line()) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        return new Head(Integer.parseInt(statusLine.split(" ")[1]), headers);
    }

    /** As many bytes, or fewer if the other side ends the connection before. */
    byte[] body(long length) throws IOException {
        return in.readNBytes(Math.toIntExact(length));
    }

    String text(long length) throws IOException {
        return new String(body(length), StandardCharsets.UTF_8);
    }

    /** Without its end. */
    String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("The connection ended after '" + line.toString(StandardCharsets.UTF_8) + "'");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
