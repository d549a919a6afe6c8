package io.freshet.gateway.multipart;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.gateway.problem.ProblemException;
import io.freshet.gateway.problem.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.stream.IntStream;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FormFilesTest {
    private static final String FILE = "Content-Disposition: form-data; name=\"file\"; filename=\"a.jsonl\"\r\n";

    @Test
    void a_file_is_what_stands_between_its_head_and_the_delimiter() {
        assertThat(Pull.whole(form(part(FILE, "{}\n")))).isEqualTo("{}\n");
    }

    @Test
    void what_stands_around_the_form_is_ignored() {
        assertThat(Pull.whole("\r\npreamble --XX\r\n" + form(part(FILE, "{}")) + "epilogue\r\n"))
                .isEqualTo("{}");
    }

    @Test
    void blanks_behind_a_boundary_are_ignored() {
        assertThat(Pull.whole("--XX \t\r\n" + FILE + "\r\n{}\r\n--XX-- \r\n")).isEqualTo("{}");
    }

    @Test
    void a_form_without_the_last_end_of_a_line_is_whole() {
        assertThat(Pull.whole("--XX\r\n" + FILE + "\r\n{}\r\n--XX--")).isEqualTo("{}");
    }

    @Test
    void a_line_that_only_begins_like_the_delimiter_is_content() {
        String content = "a\r\n--XXX\r\n--XX-\r\n --XX\r\n--XX" + " ".repeat(300) + "\r\n--XXa--\r\n";
        assertThat(Pull.whole(form(part(FILE, content)))).isEqualTo(content);
    }

    @Test
    void a_form_written_by_hand_ends_its_lines_with_lf() {
        assertThat(Pull.whole("--XX\n" + FILE.replace("\r", "") + "\n{}\n{}\n\n--XX--\n"))
                .isEqualTo("{}\n{}\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Disposition: form-data; name=\"file\"",
                "Content-Disposition: form-data; name=file",
                "CONTENT-DISPOSITION: FORM-DATA; NAME=\"file\"",
                "Content-Disposition: form-data; name=\"any\"; filename=\"a; \\\"b\\\".jsonl\"",
                "Content-Disposition: form-data; filename=a.jsonl; name=any",
                "Content-Disposition: form-data; filename=\"a.jsonl\"",
                "Content-Disposition: form-data; name=any; filename*=utf-8''%E6%96%87.jsonl",
                "Content-Disposition: form-data; name=any;\r\n filename=\"folded.jsonl\"",
                "Content-Disposition: attachment; name=any; filename=a",
                FILE + "Content-Type: text/plain; charset=utf-16le",
                FILE + "Content-Type: text/plain; charset=no-such-charset",
                FILE + "Content-Type: nonsense;;;=",
                FILE + "Content-Transfer-Encoding: BINARY",
                FILE + "Content-Transfer-Encoding: 8bit",
                FILE + "Content-Encoding: identity",
                FILE + "Content-Length: 7",
                FILE + "X-Odd: \u0001\u00FF"
            })
    void labels_that_do_no_harm_are_not_looked_at(String head) {
        String lines = "{\"a\":\"\u00FF\"}\n";
        assertThat(Pull.whole(form(part(head.endsWith("\r\n") ? head : head + "\r\n", lines))))
                .isEqualTo(lines);
    }

    @Test
    void file_names_of_4_KiB_are_taken_in_both_spellings() {
        String head = "Content-Disposition: form-data; name=\"file\"; filename=\"" + "n".repeat(4096)
                + "\"; filename*=utf-8''" + "%E6%96%87".repeat(1365) + "\r\n";
        assertThat(Pull.whole(form(part(head, "{}\n")))).isEqualTo("{}\n");
    }

    @Test
    void a_head_that_is_too_long_is_told_with_the_limit() {
        String head = FILE + "X: " + "y".repeat(40_000) + "\r\n";
        assertMalformed(
                form(part(FILE, "{}"), part(head, "{}")), "The head of part 2 of the form is longer than 32768");
        String lines = FILE + " \r\n".repeat(100);
        assertMalformed(form(part(lines, "{}")), "The head of part 1 of the form has more than 100 lines");
    }

    @Test
    void many_files_are_joined_in_their_order() {
        String[] parts =
                IntStream.range(0, 2000).mapToObj(i -> part(FILE, "" + i)).toArray(String[]::new);
        assertThat(Pull.whole(form(parts)))
                .isEqualTo(IntStream.range(0, 2000).mapToObj(String::valueOf).collect(joining("\n")));
    }

    @Test
    void a_line_that_a_file_does_not_end_is_ended_before_the_next_files() {
        String form = form(part(FILE, "a\n"), part(FILE, "b"), part(FILE, ""), part(FILE, "c\r\n"), part(FILE, "d"));
        assertThat(Pull.whole(form)).isEqualTo("a\nb\nc\r\nd");
    }

    @Test
    void only_the_first_byte_order_mark_stays() {
        String mark = "\u00EF\u00BB\u00BF";
        assertThat(Pull.whole(form(part(FILE, mark + "a"), part(FILE, mark + "b"), part(FILE, mark))))
                .isEqualTo(mark + "a\nb");
    }

    @Test
    void a_file_that_was_not_chosen_beside_one_that_was_does_no_harm() {
        String form = form(part(FILE.replace("a.jsonl", ""), ""), part(FILE, "{}"));
        assertThat(Pull.whole(form)).isEqualTo("{}");
    }

    @Test
    void a_form_that_ends_anywhere_before_its_last_line_is_refused() {
        String whole = form(part(FILE, "{}\n{}\n"));
        int needed = whole.length() - "\r\n".length();
        for (int length = 1; length < needed; length++) {
            String cut = whole.substring(0, length);
            assertThatThrownBy(() -> Pull.whole(cut))
                    .as("%s bytes", length)
                    .isInstanceOf(Permanent.class)
                    .hasMessageStartingWith("The form ");
        }
    }

    @Test
    void where_a_form_ends_too_early_is_told() {
        assertMalformed("--XX\r\n" + FILE + "\r\n{}", "The form ends in part 1, before its last line, '--XX--'");
        assertMalformed("--XX\r\n" + FILE + "\r\n{}\r\n--XX\r\n" + FILE, "The form ends in the head of part 2");
        assertMalformed("{}\n{}\n", "The form has no line '--XX'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Type: text/plain | has no name",
                "Content-Disposition: form-data | has no name",
                "X: y | has no name",
                "{\"id\":1} | no header, '{\"id\":1}'",
                "lines | no header, 'lines'",
                "Content-Disposition: form-data; name=file\\r\\nContent-Transfer-Encoding: base64 | 'base64'",
                "Content-Disposition: form-data; name=file\\r\\nContent-Transfer-Encoding: Quoted-Printable | 'quoted-printable'",
                "Content-Disposition: form-data; name=file\\r\\nContent-Type: Multipart/Mixed; boundary=YY | multipart/mixed"
            })
    void what_would_not_be_read_is_refused(String head, String text) {
        assertMalformed(form(part(head.replace("\\r\\n", "\r\n") + "\r\n", "{}")), "Part 1 of the form", text);
    }

    @Test
    void a_part_without_a_head_is_refused() {
        assertMalformed("--XX\r\n\r\n{}\r\n--XX--\r\n", "Part 1 of the form has no name");
    }

    @Test
    void fields_before_and_behind_the_file_are_named() {
        String one = part("Content-Disposition: form-data; name=\"handler\"\r\n", "exec");
        String two = part("Content-Disposition: form-data; name=\"gpu\"\r\n", "");
        assertProblem(form(one, two, part(FILE, "{}")), ProblemType.BAD_PARAMETER, "'handler', 'gpu'");
        assertProblem(form(part(FILE, "{}"), one), ProblemType.BAD_PARAMETER, "'handler'");
    }

    @Test
    void a_form_without_a_file_says_what_it_has() {
        String field = part("Content-Disposition: form-data; name=\"text\"\r\n", "lines");
        assertProblem(form(field), ProblemType.NO_FILE_PART, "'text'");
        assertProblem(form(part(FILE.replace("a.jsonl", ""), "")), ProblemType.NO_FILE_PART, "No file was chosen");
        assertProblem("--XX--\r\n", ProblemType.NO_FILE_PART, "no parts");
        assertProblem("", ProblemType.NO_FILE_PART, "no parts");
    }

    @Test
    void more_parts_than_allowed_are_told_with_the_limit() {
        String form = form(part(FILE, "").repeat(10_001));
        assertMalformed(form, "more than 10000 parts");
        assertThat(Pull.whole(form(part(FILE, "").repeat(9_999), part(FILE, "{}"))))
                .isEqualTo("{}");
    }

    @Test
    void what_is_read_for_nothing_is_bounded() {
        String much = "x".repeat(70_000);
        assertMalformed(much + form(part(FILE, "{}")), "More than 65536 bytes stand outside");
        assertMalformed(form(part(FILE, "{}")) + much, "More than 65536 bytes stand outside");
        String field = part("Content-Disposition: form-data; name=\"text\"\r\n", much);
        assertProblem(form(field), ProblemType.BAD_PARAMETER, "'text'");
    }

    @Test
    void the_names_of_many_fields_take_little_room() {
        String field = part("Content-Disposition: form-data; name=\"" + "n".repeat(1000) + "\"\r\n", "");
        assertThatThrownBy(() -> Pull.whole(form(field.repeat(5000).split("(?<=\r\n)(?=--XX)"))))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(2000));
    }

    private static String part(String head, String content) {
        return "--XX\r\n" + head + "\r\n" + content + "\r\n";
    }

    private static String form(String... parts) {
        return String.join("", parts) + "--XX--\r\n";
    }

    private static void assertMalformed(String form, String... texts) {
        assertThatThrownBy(() -> Pull.whole(form))
                .isInstanceOfSatisfying(
                        Permanent.class, e -> assertThat(e.code()).isEqualTo(FailureCode.MALFORMED))
                .satisfies(e -> assertThat(e.getMessage()).contains(texts));
    }

    private static void assertProblem(String form, ProblemType type, String text) {
        assertThatThrownBy(() -> Pull.whole(form))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(type))
                .hasMessageContaining(text);
    }
}
