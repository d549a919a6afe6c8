package io.freshet.system.cluster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Lines as bytes, and bytes as lines, in the plainest way. */
public final class Text {
    private Text() {}

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The lines, each with a line end. */
    public static byte[] lines(List<String> lines) {
        return lines.isEmpty() ? new byte[0] : bytes(String.join("\n", lines) + "\n");
    }

    public static byte[] gzip(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    /** What lies between line ends (LF or CRLF), empty lines too; a last line may lack its end. */
    public static List<byte[]> split(byte[] file) {
        List<byte[]> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < file.length; i++) {
            if (file[i] == '\n') {
                boolean crlf = i > start && file[i - 1] == '\r';
                lines.add(Arrays.copyOfRange(file, start, crlf ? i - 1 : i));
                start = i + 1;
            }
        }
        if (start < file.length) {
            lines.add(Arrays.copyOfRange(file, start, file.length));
        }
        return lines;
    }

    /** What the handler identity makes of a file. */
    public static byte[] identity(byte[] file) {
        ByteArrayOutputStream results = new ByteArrayOutputStream(file.length);
        boolean bom = file.length >= 3 && file[0] == (byte) 0xEF && file[1] == (byte) 0xBB && file[2] == (byte) 0xBF;
        for (byte[] line : split(bom ? Arrays.copyOfRange(file, 3, file.length) : file)) {
            if (line.length > 0) {
                results.writeBytes(line);
                results.write('\n');
            }
        }
        return results.toByteArray();
    }
}
