package io.freshet.gateway.durable;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Sends a request with just the headers that were recorded: whether a length is announced makes a difference. */
final class RawHttp {
    private static final int PATIENCE_MILLIS = 60_000;

    private final int port;

    RawHttp(int port) {
        this.port = port;
    }

    Reply send(JsonNode request) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(bytes(request));
            socket.getOutputStream().flush();
            return parse(socket.getInputStream().readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(JsonNode request) throws IOException {
        String query = request.path("query").asText();
        byte[] body = request.path("body").isTextual()
                ? request.path("body").asText().getBytes(StandardCharsets.UTF_8)
                : new byte[0];
        StringBuilder head = new StringBuilder(request.path("method").asText())
                .append(' ')
                .append(request.path("path").asText())
                .append(query.isEmpty() ? "" : "?" + query)
                .append(" HTTP/1.1\r\nConnection: close\r\n");
        boolean chunked = false;
        for (Map.Entry<String, JsonNode> header : request.path("headers").properties()) {
            head.append(header.getKey())
                    .append(": ")
                    .append(header.getValue().asText())
                    .append("\r\n");
            chunked |= header.getKey().equalsIgnoreCase("Transfer-Encoding");
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        all.write(chunked ? chunks(body) : body);
        return all.toByteArray();
    }

    private static byte[] chunks(byte[] body) throws IOException {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        if (body.length > 0) {
            chunks.write((Integer.toHexString(body.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            chunks.write(body);
            chunks.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        chunks.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return chunks.toByteArray();
    }

    private static Reply parse(byte[] answer) throws IOException {
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new IOException("No answer, but: " + text);
        }
        Map<String, String> headers = new TreeMap<>();
        String[] lines = text.substring(0, end).split("\r\n");
        for (String line : lines) {
            int colon = line.indexOf(": ");
            if (colon > 0) {
                headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 2));
            }
        }
        byte[] body = text.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
        if (headers.containsKey("transfer-encoding")) {
            throw new IOException("The original sends a length");
        }
        return new Reply(
                Integer.parseInt(lines[0].split(" ")[1]),
                headers.get("content-type"),
                headers.get("location"),
                headers.get("retry-after"),
                headers.get("x-ms-continuation-token"),
                body.length == 0 ? null : Exchange.JSON.readTree(new ByteArrayInputStream(body)));
    }
}
