package io.freshet.gateway.multipart;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The same bytes, and the same refusals, wherever a form is cut on its way. */
class FormCutsPropertyTest {
    private static final int WHOLE = 1 << 30;

    @Property(tries = 150)
    void a_file_comes_out_as_it_was_for_every_cut(@ForAll("contents") String content) {
        String form = "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n" + content
                + "\r\n--XX--\r\n";

        for (int cut = 1; cut < form.length(); cut++) {
            assertThat(Pull.inPieces(form, List.of(cut, WHOLE)))
                    .as("cut at %s", cut)
                    .isEqualTo(content);
        }
        assertThat(Pull.inPieces(form, List.of(1))).as("byte by byte").isEqualTo(content);
    }

    @Property(tries = 300)
    void files_are_joined_the_same_way_for_every_two_cuts(
            @ForAll("contents") String first, @ForAll("contents") String second, @ForAll("ends") String end) {
        String form = "--XX" + end + "Content-Disposition: form-data; name=\"a\"; filename=\"a\"" + end + end + first
                + end + "--XX" + end + "content-disposition:form-data;name=file" + end + end + second + end + "--XX--"
                + end;

        String whole = outcome(form, List.of(WHOLE));

        for (int cut = 1; cut < form.length(); cut += 3) {
            for (int size = 1; size < 4; size++) {
                assertThat(outcome(form, List.of(cut, size, WHOLE))).isEqualTo(whole);
            }
        }
    }

    @Property(tries = 300)
    void nonsense_has_the_same_outcome_for_every_chunking(
            @ForAll("nonsense") String form, @ForAll("sizes") List<Integer> sizes) {
        assertThat(outcome(form, sizes)).isEqualTo(outcome(form, List.of(WHOLE)));
    }

    private static String outcome(String form, List<Integer> sizes) {
        try {
            return Pull.inPieces(form, sizes);
        } catch (RuntimeException e) {
            return e.toString();
        }
    }

    /** Bytes that delimiters are made of; whatever is one is taken out. */
    @Provide
    Arbitrary<String> contents() {
        return pieces(
                        "\r",
                        "\n",
                        "\r\n",
                        "-",
                        "--",
                        "X",
                        "XX",
                        "\r\n--X",
                        "\r\n--XXX",
                        "\n--XX",
                        "\r\n--XX-",
                        "{}",
                        "a b",
                        "\u00FF")
                .filter(content -> !("\r\n" + content + "\r\n").matches("(?s).*\\r\\n--XX(--|[ \\t]*\\r?\\n).*"));
    }

    @Provide
    Arbitrary<String> nonsense() {
        String head = "Content-Disposition: form-data; name=file\r\n\r\n";
        return pieces(
                "--XX\r\n",
                "--XX\n",
                "--XX--",
                "\r\n",
                head,
                "\n",
                "a",
                "name: x\r\n",
                "--XX \t\r\n",
                "\r\n--XX\r\n" + head,
                "{}\n");
    }

    @Provide
    Arbitrary<String> ends() {
        return Arbitraries.of("\r\n", "\n");
    }

    @Provide
    Arbitrary<List<Integer>> sizes() {
        return Arbitraries.integers().between(1, 30).list().ofMinSize(1).ofMaxSize(5);
    }

    private static Arbitrary<String> pieces(String... pieces) {
        return Arbitraries.of(pieces).list().ofMaxSize(12).map(all -> String.join("", all));
    }
}
