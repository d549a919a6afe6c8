package io.freshet.settings;

import io.quarkus.runtime.Application;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.LogRecord;

import static org.assertj.core.api.Assertions.assertThat;

class StartFailureFilterTest {
    private static final String LAST = Application.class.getName();
    private static final Exception DEEP = new IllegalStateException(
            "cannot start", new RuntimeException(new java.net.UnknownHostException("storage.example")));

    @TempDir
    private Path directory;

    private Path file;
    private StartFailureFilter filter;

    @BeforeEach
    void containerOfKubernetes() throws IOException {
        file = Files.createFile(directory.resolve("termination-log"));
        filter = new StartFailureFilter(new TerminationMessage(file));
    }

    @Test
    void theMessageNamesTheLastCause() throws IOException {
        LogRecord record = logged(LAST, DEEP);

        assertThat(filter.isLoggable(record)).isTrue();
        assertThat(record.getMessage()).isEqualTo("This service cannot start: UnknownHostException: storage.example");
        assertThat(record.getThrown()).as("for whoever has to mend it").isEqualTo(DEEP);
        assertThat(file).hasContent(record.getMessage());
    }

    @Test
    void aRefusedStartIsTheRemedyAlone() throws IOException {
        LogRecord record = logged(LAST, new RuntimeException(new WrongSettings("set ITEMSPERJOB")));

        assertThat(filter.isLoggable(record)).isTrue();
        assertThat(record.getThrown()).isNull();
        assertThat(file).hasContent("This service cannot start: set ITEMSPERJOB");
    }

    @Test
    void aRefusedStartIsLoggedOnce() {
        assertThat(filter.isLoggable(logged("io.quarkus.other", new WrongSettings("set ITEMSPERJOB"))))
                .isFalse();
        assertThat(file).isEmptyFile();
    }

    @Test
    void aFailureWithoutACauseIsKeptForKubernetesAsItIs() {
        LogRecord record = logged(LAST, null);

        assertThat(filter.isLoggable(record)).isTrue();
        assertThat(file).hasContent("a message");
    }

    @Test
    void otherLinesStayAsTheyAre() {
        LogRecord record = logged("io.freshet.Other", DEEP);

        assertThat(filter.isLoggable(record)).isTrue();
        assertThat(record.getMessage()).isEqualTo("a message");
        assertThat(file).isEmptyFile();
    }

    @Test
    void outsideOfKubernetesThereIsNoFile() {
        Path absent = directory.resolve("absent");

        new StartFailureFilter(new TerminationMessage(absent)).isLoggable(logged(LAST, DEEP));

        assertThat(absent).doesNotExist();
    }

    private static LogRecord logged(String logger, @Nullable Throwable thrown) {
        LogRecord record = new LogRecord(Level.SEVERE, "a message");
        record.setLoggerName(logger);
        record.setThrown(thrown);
        return record;
    }
}
