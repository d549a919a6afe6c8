package io.freshet.system.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.harness.api.Job;
import io.freshet.harness.api.Jobs;
import io.freshet.harness.calculator.Calculations;
import io.freshet.system.Scenario;
import io.freshet.system.check.Outcome;
import io.freshet.system.cluster.Program;
import io.freshet.system.cluster.Text;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever goes in, what comes out is what one pass over the file computes. */
final class RoundTripIT extends Scenario {
    private static final int MIB = 1 << 20;
    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    @Test
    void aBlobWithoutLinesHasEmptyResults() {
        String url = storage.upload("elsewhere", "empty.jsonl", new byte[0]);

        Job job = jobs.submitReference(url, "handler=identity&itemsPerJob=3");

        checkIdentity(job, new byte[0], 3);
    }

    @Test
    void linesComeBackAsTheyWere() {
        List<Check> checks = Stream.of(
                        "one line\n",
                        "one line without its end",
                        "a\nb\nno end",
                        "windows\r\nlines\r\nto the end\r\n",
                        "mixed\r\nends\nand a lone \r inside\r\nand at the end\r",
                        "\n\n\n",
                        "\nfirst is empty\n\n\nlast but one too\n\n",
                        "\uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC67 family\ne\u0301 combined\n\u0644\u063A\u0629\n\uD83C\uDDF3\uD83C\uDDF4")
                .map(file -> identity(Text.bytes(file), 2))
                .toList();

        checks.forEach(Check::run);
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstLine() {
        identity(concat(BOM, Text.bytes("first\r\nsecond\n"), BOM, Text.bytes("is text inside\n")), 1)
                .run();
    }

    @Test
    void defect7LinesOfOneMebibyteAreLinesAsAnyOther() {
        String line = "x".repeat(MIB);
        identity(Text.bytes("a\n" + line + "1\n" + line + "2\nb\n" + line + "3"), 2)
                .run();
    }

    @Test
    void partsAreFullToTheLastLine() {
        List<Check> checks = IntStream.of(19, 20, 21).mapToObj(this::fivesOf).toList();

        checks.forEach(Check::run);
    }

    private Check fivesOf(int lines) {
        Calculations calculations = new Calculations(lines).good(lines);
        Job job = jobs.submit(calculations.file(), "itemsPerJob=5");
        return () -> checker.ended(job, Outcome.of(calculations, lines == 21 ? 5 : 4));
    }

    @Test
    void blockBoundariesLieInsideALineAndInsideACrlf() {
        byte[] file = lines(9 * MIB);
        cutLineAt(file, 4 * MIB);
        file[8 * MIB - 1] = 'i';
        file[8 * MIB] = 'n';

        Check onePart = identity(file, 1_000_000);
        Check parts = identity(file, 4_000);

        onePart.run();
        parts.run();
    }

    @Test
    void anOutputOfSeveralBlocksIsWhole() {
        List<String> lines = List.of("fill:once", "end");

        Job job = exec(lines);

        checker.ended(job, Outcome.complete(Program.results(lines), 1));
    }

    @Test
    void packedUploadsAreUnpacked() {
        Calculations calculations = new Calculations(7).good(5_000);
        byte[] packed = Text.gzip(calculations.file());

        Job body = jobs.submit(packed, "itemsPerJob=1000", Jobs.Form.GZIP);
        Job file = jobs.submit(packed, "itemsPerJob=1000", Jobs.Form.MULTIPART);

        for (Job job : List.of(body, file)) {
            checker.ended(job, Outcome.of(calculations, 5));
            assertThat(job.document().path("bytes").asLong()).isEqualTo(calculations.file().length);
        }
    }

    @Test
    void anInputByReferenceStaysWhereItIs() {
        Calculations calculations = new Calculations(8).good(1_000).rejected("17", "not a JSON object");
        String url = storage.upload("elsewhere", "deep/in/file.jsonl", calculations.file());

        Job job = jobs.submitReference(url, "itemsPerJob=100");

        checker.ended(job, Outcome.of(calculations, 11));
        assertThat(storage.exists(storage.folder(job) + "input.json")).isFalse();
    }

    @Test
    void defect6MoreThanTenPartsAreMergedInOrder() {
        Calculations calculations = new Calculations(6).good(257);

        Job job = jobs.submit(calculations.file(), "itemsPerJob=10");

        checker.ended(job, Outcome.of(calculations, 26));
    }

    @Test
    void defect1APartsOwnResultsCanBeRead() {
        Calculations first = new Calculations(1).good(10);
        Calculations both = new Calculations(1).good(10).good(10);

        Job job = jobs.submit(both.file(), "itemsPerJob=10");

        checker.ended(job, Outcome.of(both, 2));
        assertThat(job.results(1)).isEqualTo(first.results());
        assertThat(job.results(2))
                .isEqualTo(Arrays.copyOfRange(both.results(), first.results().length, both.results().length));
    }

    @Test
    void defect8RejectedLinesAreReportedWithTheirNumbers() {
        Calculations calculations = new Calculations(8)
                .rejected("{\"id\":\"a\",\"value1\":1,\"value2\":0,\"op\":\"/\"}", "division by zero")
                .good(3)
                .empty()
                .rejected("{\"id\":\"b\",\"value1\":1,\"op\":\"+\"}", "value2 is missing")
                .good(13)
                .rejected("[1]", "not a JSON object")
                .empty()
                .rejected("{\"id\":\"\uD83D\uDC69\",\"value1\":1,\"value2\":2,\"op\":\"%\"}", "op is none of + - * /")
                .good(4);

        Job job = jobs.submit(calculations.file(), "itemsPerJob=3");

        checker.ended(job, Outcome.of(calculations, 9));
    }

    /** To be run when other jobs have been submitted too: they take less time together. */
    private interface Check {
        void run();
    }

    private Check identity(byte[] file, int itemsPerJob) {
        Job job = jobs.submit(file, "handler=identity&itemsPerJob=" + itemsPerJob);
        return () -> checkIdentity(job, file, itemsPerJob);
    }

    private void checkIdentity(Job job, byte[] file, int itemsPerJob) {
        int lines = Text.split(file).size();
        int parts = (lines + itemsPerJob - 1) / itemsPerJob;
        checker.ended(job, Outcome.complete(Text.identity(file), parts));
        JsonNode document = job.document();
        assertThat(document.path("lines").asLong()).isEqualTo(lines);
        assertThat(document.path("bytes").asLong()).isEqualTo(file.length);
        assertThat(document.path("parts").asInt()).isEqualTo(parts);
    }

    /** Lines of some hundred letters up to so many bytes, without an end. */
    private static byte[] lines(int size) {
        Random random = new Random(17);
        byte[] file = new byte[size];
        int end = 0;
        while (end < size) {
            int next = Math.min(size, end + 100 + random.nextInt(1_500));
            Arrays.fill(file, end, next, (byte) ('a' + random.nextInt(26)));
            file[next - 1] = '\n';
            end = next;
        }
        file[size - 1] = 'z';
        return file;
    }

    /** A line end of which the first byte lies before that position and the second one at it. */
    private static void cutLineAt(byte[] file, int position) {
        file[position - 1] = '\r';
        file[position] = '\n';
    }

    private static byte[] concat(byte[]... pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.asList(pieces).forEach(all::writeBytes);
        return all.toByteArray();
    }
}
