package io.freshet.gateway.http;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SecretsInSpansTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            code=geheim                        | code=REDACTED
            inputCount=4&code=geheim&taskHub=a | inputCount=4&code=REDACTED&taskHub=a
            Ticket=1.a..b                      | Ticket=REDACTED
            encode=1&part=2                    | encode=1&part=2
            """)
    void noCredentialIsKept(String query, String kept) {
        try (SdkTracerProvider tracing = SdkTracerProvider.builder()
                .addSpanProcessor(new SecretsInSpans())
                .build()) {
            AttributeKey<String> attribute = AttributeKey.stringKey("url.query");

            ReadableSpan span = (ReadableSpan) tracing.get("test")
                    .spanBuilder("GET")
                    .setAttribute(attribute, query)
                    .startSpan();

            assertThat(span.getAttribute(attribute)).isEqualTo(kept);
        }
    }
}
