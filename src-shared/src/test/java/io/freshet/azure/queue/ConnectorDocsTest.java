package io.freshet.azure.queue;

import io.freshet.azure.eventgrid.AzureEventGridConnector;
import io.smallrye.reactive.messaging.annotations.ConnectorAttribute;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

final class ConnectorDocsTest {
    @Test
    void theQueueConnectorsTableIsThatOfItsAnnotations() throws IOException {
        assertThat(table("azure-storage-queue")).isEqualTo(annotated(AzureStorageQueueConnector.class));
    }

    @Test
    void theEventGridConnectorsTableIsThatOfItsAnnotations() throws IOException {
        assertThat(table("azure-eventgrid")).isEqualTo(annotated(AzureEventGridConnector.class));
    }

    private static List<String> table(String connector) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("docs/connectors/" + connector + ".md"))) {
            return lines.dropWhile(line -> !line.startsWith("| Attribute"))
                    .skip(2)
                    .takeWhile(line -> line.startsWith("|"))
                    .toList();
        }
    }

    private static List<String> annotated(Class<?> connector) {
        return Arrays.stream(connector.getAnnotationsByType(ConnectorAttribute.class))
                .map(a -> "| `%s` | %s | %s |%s| %s |"
                        .formatted(a.name(), direction(a), a.type(), defaultValue(a), a.description()))
                .toList();
    }

    private static String direction(ConnectorAttribute attribute) {
        return switch (attribute.direction()) {
            case INCOMING -> "in";
            case OUTGOING -> "out";
            case INCOMING_AND_OUTGOING -> "in, out";
        };
    }

    private static String defaultValue(ConnectorAttribute attribute) {
        return attribute.defaultValue().equals(ConnectorAttribute.NO_VALUE)
                ? "  "
                : " `" + attribute.defaultValue() + "` ";
    }
}
