package io.freshet.azure.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

final class MessageEncodingTest {
    @Property(tries = 500)
    void autoNeverTouchesJson(@ForAll("json") JsonNode json) {
        assertThat(MessageEncoding.AUTO.decode(json.toString())).isEqualTo(json.toString());
    }

    @Property(tries = 500)
    void autoReadsBase64OfJson(@ForAll("json") JsonNode json) {
        assertThat(MessageEncoding.AUTO.decode(MessageEncoding.BASE64.encode(json.toString())))
                .isEqualTo(json.toString());
    }

    @Property(tries = 500)
    void whatIsWrittenAsBase64IsReadBack(@ForAll("text") String text) {
        assertThat(MessageEncoding.BASE64.decode(MessageEncoding.BASE64.encode(text)))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello world", "1234", "12345678", "true", "null", "aGk", "=====", "/////w==", "AAAA"})
    void autoLeavesWhatIsNotBase64OfText(String text) {
        assertThat(MessageEncoding.AUTO.decode(text)).isEqualTo(text);
    }

    @Test
    void autoReadsBase64OfWords() {
        assertThat(MessageEncoding.AUTO.decode("aGVsbG8=")).isEqualTo("hello");
    }

    @Provide
    Arbitrary<String> text() {
        return Arbitraries.strings().withCharRange(' ', '\u07ff').ofMinLength(1);
    }

    @Provide
    Arbitrary<JsonNode> json() {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return Arbitraries.oneOf(
                Arbitraries.longs().map(json::numberNode),
                Arbitraries.doubles().map(json::numberNode),
                Arbitraries.of(true, false).map(json::booleanNode),
                text().map(json::textNode),
                text().map(t -> json.objectNode().put(t, t)),
                text().map(t -> json.arrayNode().add(t)));
    }
}
