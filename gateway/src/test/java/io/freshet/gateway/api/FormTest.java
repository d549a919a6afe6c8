package io.freshet.gateway.api;

import io.freshet.run.RunId;
import io.freshet.storage.RunFiles;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

import static io.freshet.gateway.api.Texts.gzip;
import static io.freshet.gateway.api.Texts.lines;
import static io.freshet.gateway.api.Texts.utf8;
import static org.assertj.core.api.Assertions.assertThat;

/** Forms as clients send them, byte by byte. */
@QuarkusTest
@TestProfile(GatewayProfile.class)
class FormTest extends ApiScenario {
    private static final byte[] LINES = lines(25);
    private static final String FILE = "Content-Disposition: form-data; name=\"file\"; filename=\"a.jsonl\"\r\n";
    private static final String TYPE = "Content-Type: multipart/form-data; boundary=b\r\n";
    private static final Pattern FOREIGN_WORDS = Pattern.compile("java\\.|io\\.|Exception|null");

    @ParameterizedTest
    @ValueSource(
            strings = {
                TYPE,
                "Content-Type: Multipart/Form-Data; boundary=b\r\n",
                "content-type: MULTIPART/FORM-DATA;BOUNDARY=\"b\"; charset=utf-16\r\n",
                TYPE + "Content-Encoding: identity\r\n"
            })
    void theHeaderMayBeWrittenInAnyWay(String headers) throws IOException {
        assertThat(taken(headers, form(part(FILE, LINES)))).isEqualTo(LINES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"utf-16le", "utf-32", "no-such-charset", "\"\"", "iso-8859-1"})
    void theCharsetOfAFileDoesNoHarm(String charset) throws IOException {
        String head = FILE + "Content-Type: text/plain; charset=" + charset + "\r\n";
        assertThat(taken(TYPE, form(part(head, LINES)))).isEqualTo(LINES);
    }

    @Test
    void aLargeFieldNamedFileIsTheLines() throws IOException {
        byte[] large = lines(5_000);
        assertThat(taken(TYPE, form(part("Content-Disposition: form-data; name=\"file\"\r\n", large))))
                .isEqualTo(large);
    }

    @Test
    void aFileIsTheSameWhereverItsChunksEnd() throws IOException {
        byte[] file = utf8("{}\r\n{}\r");
        byte[] form = form(part(FILE, file));
        int end = form.length - utf8("\r\n--b--\r\n").length;
        for (int cut = end - 3; cut < form.length; cut++) {
            try (RawClient client = RawClient.connect(port())) {
                client.send("POST /jobs HTTP/1.1\r\nHost: x\r\n" + TYPE + "Transfer-Encoding: chunked\r\n\r\n")
                        .chunk(Arrays.copyOf(form, cut))
                        .chunk(Arrays.copyOfRange(form, cut, form.length))
                        .lastChunk();
                RawClient.Head head = client.head();
                assertThat(head.status()).isEqualTo(202);
                assertThat(input(client.text(head.contentLength())))
                        .as("cut at %s", cut)
                        .isEqualTo(file);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Content-Encoding: gzip\r\n", "Content-Encoding: X-GZIP\r\n"})
    void aPackedFormIsUnpacked(String header) throws IOException {
        assertThat(taken(TYPE + header, gzip(form(part(FILE, LINES))))).isEqualTo(LINES);
    }

    @Test
    void aHeaderThatSaysGzipMaySpeakOfTheFileInAForm() throws IOException {
        assertThat(taken(TYPE + "Content-Encoding: gzip\r\n", form(part(FILE, gzip(LINES)))))
                .isEqualTo(LINES);
        assertThat(taken(TYPE, form(part(FILE + "Content-Encoding: gzip\r\n", gzip(LINES)))))
                .isEqualTo(LINES);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Type: multipart/form-data | 400 | malformed-body | without a boundary",
                "Content-Type: multipart | 415 | request-refused | Content-Type 'multipart' is not a media type: leave it out",
                "Content-Type: multipart/form-data; boundary | 400 | malformed-body | boundary in Content-Type is empty",
                "Content-Type: multipart/form-data; boundary=@ | 400 | malformed-body | not allowed",
                "Content-Type: multipart/form-data; boundary=other | 400 | malformed-body | no line '--other'",
                "Content-Type: multipart/mixed; boundary=b | 415 | unsupported-format | multipart/mixed",
                "Content-Type: multipart/form-data; boundary=b\\r\\nContent-Encoding: br | 415 | unsupported-format | 'br'",
                "Content-Type: multipart/form-data; boundary=b\\r\\nContent-Encoding: gzip | 400 | malformed-body | The file 'a.jsonl' is not gzip data"
            })
    void whatIsWrongWithTheHeadersIsTold(String headers, int status, String type, String text) throws IOException {
        String all = headers.replace("\\r\\n", "\r\n") + "\r\n";
        assertRefused(refused(all, form(part(FILE, LINES))), status, type, text);
    }

    @Test
    void aFormThatEndsBeforeItsFileIsRefused() throws IOException {
        byte[] form = form(part(FILE, LINES));
        byte[] cut = Arrays.copyOf(form, form.length - utf8("--b--\r\n").length);
        assertRefused(refused(TYPE, cut), 400, "malformed-body", "The form ends in part 1");
        assertRefused(refused(TYPE, gzip(cut)), 400, "malformed-body", "The form ends in part 1");
    }

    @Test
    void aFormWithoutAFileIsRefused() throws IOException {
        problem(request().multiPart("text", "no file").post("/jobs").then(), 400, "no-file-part");
        assertRefused(refused(TYPE, new byte[0]), 400, "no-file-part", "no parts");
        String unchosen = FILE.replace("a.jsonl", "");
        assertRefused(refused(TYPE, form(part(unchosen, new byte[0]))), 400, "no-file-part", "No file was chosen");
        assertRefused(refused(TYPE, form(part(FILE, new byte[0]))), 400, "no-input", "no lines");
    }

    @Test
    void aFieldBesideTheFileIsNamed() throws IOException {
        byte[] field = part("Content-Disposition: form-data; name=\"handler\"\r\n", utf8("exec"));
        assertRefused(refused(TYPE, form(field, part(FILE, LINES))), 400, "bad-parameter", "'handler'");
        assertRefused(refused(TYPE, form(part(FILE, LINES), field)), 400, "bad-parameter", "'handler'");
    }

    @Test
    void aFileOfAnotherFormatIsNamed() throws IOException {
        byte[] zip = {'P', 'K', 3, 4, 20, 0, 0, 0};
        String name = FILE.replace("a.jsonl", "a b.ZIP");
        assertRefused(
                refused(TYPE, form(part(name, zip))), 415, "unsupported-format", "The file 'a b.ZIP' is a zip archive");
        assertRefused(refused(TYPE, form(part(FILE, gzip(gzip(LINES))))), 415, "unsupported-format", "pack it once");
    }

    @Test
    void aHeadThatIsTooLongIsToldWithTheLimit() throws IOException {
        byte[] form = form(part(FILE + "X: " + "x".repeat(40_000) + "\r\n", LINES));
        assertRefused(refused(TYPE, form), 400, "malformed-body", "32768 bytes");
    }

    private byte[] input(String id) {
        return lab.bytes(RunFiles.input(RunId.parse(id)));
    }

    private byte[] taken(String headers, byte[] body) throws IOException {
        try (RawClient client = post(headers, body)) {
            RawClient.Head head = client.head();
            String text = client.text(head.contentLength());
            assertThat(head.status()).as(text).isEqualTo(202);
            return input(text);
        }
    }

    private record Refusal(int status, JsonPath body) {}

    private static Refusal refused(String headers, byte[] body) throws IOException {
        try (RawClient client = post(headers, body)) {
            RawClient.Head head = client.head();
            answers().note("POST", "/jobs", head.status());
            assertThat(head.headers()).containsEntry("content-type", PROBLEM);
            return new Refusal(head.status(), JsonPath.from(client.text(head.contentLength())));
        }
    }

    private static RawClient post(String headers, byte[] body) throws IOException {
        String head = "POST /jobs HTTP/1.1\r\nHost: x\r\n" + headers + "Content-Length: " + body.length + "\r\n\r\n";
        return RawClient.connect(port()).send(head).send(body);
    }

    private static void assertRefused(Refusal refusal, int status, String type, String text) {
        assertThat(refusal.body().getString("detail")).contains(text).doesNotContainPattern(FOREIGN_WORDS);
        assertThat(refusal.body().getString("type")).isEqualTo("urn:freshet:problem:" + type);
        assertThat(refusal.status()).isEqualTo(status);
    }

    private static byte[] part(String head, byte[] content) {
        return joined(List.of(utf8("--b\r\n" + head + "\r\n"), content, utf8("\r\n")));
    }

    private static byte[] form(byte[]... parts) {
        return joined(List.of(joined(List.of(parts)), utf8("--b--\r\n")));
    }

    private static byte[] joined(List<byte[]> pieces) {
        StringBuilder all = new StringBuilder();
        pieces.forEach(piece -> all.append(new String(piece, StandardCharsets.ISO_8859_1)));
        return all.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
