package io.freshet.gateway.api;

import io.freshet.run.Items.RunInput;
import io.freshet.run.Run;
import io.freshet.run.RunState;
import io.freshet.run.WorkItem.Part;
import io.freshet.storage.RunFiles;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

import static io.freshet.gateway.api.Texts.lines;
import static io.freshet.gateway.api.Texts.utf8;
import static org.assertj.core.api.Assertions.assertThat;

/** What lies in storage after a submission. */
@QuarkusTest
@TestProfile(GatewayProfile.class)
class SubmittedInputTest extends ApiScenario {
    private static final int PER_PART = 10;

    static Stream<Arguments> inputs() {
        String long1MiB = "x".repeat(1 << 20);
        return Stream.of(
                Arguments.of("one line", utf8("{}\n")),
                Arguments.of("one line without a newline", utf8("{}")),
                Arguments.of("one newline", utf8("\n")),
                Arguments.of("empty lines", utf8("\n".repeat(23))),
                Arguments.of("CRLF", utf8("a\r\nb\r\n".repeat(12))),
                Arguments.of("a lone CR is no line end", utf8("a\rb\nc\r")),
                Arguments.of("BOM", utf8("\uFEFFa\nb\n".repeat(1) + "c\n".repeat(10))),
                Arguments.of("emoji and combining characters", utf8("👩‍👩‍👧 e\u0301\n".repeat(15))),
                Arguments.of("lines of 1 MiB", utf8((long1MiB + "\n").repeat(11) + long1MiB)),
                Arguments.of("exactly three parts", lines(3 * PER_PART)),
                Arguments.of("three parts and a line", lines(3 * PER_PART + 1)),
                Arguments.of("three parts without a line", lines(3 * PER_PART - 1)),
                Arguments.of("bytes that are no text", new byte[] {(byte) 0xFF, 0, '\n', (byte) 0x80}));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inputs")
    void theInputIsStoredByteForByteAndItsPartsCoverIt(String name, byte[] input) {
        String id = accepted(post(input, "?itemsPerJob=" + PER_PART));
        List<Part> expected = Texts.parts(input, PER_PART);
        Run run = lab.run(id);

        assertThat(lab.bytes(RunFiles.input(run.id()))).isEqualTo(input);
        assertThat(lab.parts(id)).isEqualTo(expected);
        assertThat(run.itemCount()).isEqualTo(expected.size());
        assertThat(Lab.parts(run).bytes()).isEqualTo(input.length);
        assertThat(Lab.parts(run).lines())
                .isEqualTo(expected.stream().mapToLong(Part::lines).sum());
        assertReleased(run);
    }

    private void assertReleased(Run run) {
        String etag = Lab.now(lab.blobs().describe(RunFiles.input(run.id())))
                .orElseThrow()
                .etag();
        assertThat(run.state()).isInstanceOf(RunState.Pending.class);
        assertThat(run.spec().handler()).isEqualTo("calculator");
        assertThat(Lab.parts(run).linesPerPart()).isPositive();
        assertThat(Lab.parts(run).input()).isEqualTo(new RunInput.Uploaded(etag));
        assertThat(lab.exists(RunFiles.active(run.id()))).isTrue();
        assertThat(lab.announcements(run.id().toString())).isEqualTo(1);
    }
}
