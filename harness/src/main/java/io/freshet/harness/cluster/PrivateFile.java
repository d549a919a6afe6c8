package io.freshet.harness.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** What a program is told by a file that is ours alone, and gone afterwards: a command line is seen by everyone. */
final class PrivateFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private PrivateFile() {}

    /** @param use is given the file's path */
    static void with(Object content, Consumer<String> use) {
        try {
            Path file = Files.createTempFile("freshet", ".json");
            try {
                Files.write(file, JSON.writeValueAsBytes(content));
                use.accept(file.toString());
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
