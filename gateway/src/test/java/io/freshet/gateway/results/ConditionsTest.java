package io.freshet.gateway.results;

import io.freshet.gateway.results.Conditions.Outcome;
import io.freshet.gateway.results.Conditions.Validators;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

/** RFC 9110 section 13; there is "a", since Sunday, 6 November 1994, 08:49:37. */
class ConditionsTest {
    private static final Validators NOW = new Validators("\"a\"", Instant.parse("1994-11-06T08:49:37Z"));
    private static final String SAME = "Sun, 06 Nov 1994 08:49:37 GMT";
    private static final String BEFORE = "Sun, 06 Nov 1994 08:49:36 GMT";
    private static final String AFTER = "Mon, 07 Nov 1994 08:49:36 GMT";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # If-Match   | If-Unmodified-Since | If-None-Match | If-Modified-Since | outcome
            |||| SEND
            "a"          ||||                                    SEND
            *            ||||                                    SEND
            "b"          ||||                                    FAILED
            "b", "a"     ||||                                    SEND
            "b" , , "a"  ||||                                    SEND
            "b,\"a"      ||||                                   FAILED
            "x, *"       ||||                                    FAILED
            W/"a"        ||||                                    FAILED
            a            ||||                                    FAILED
            "A"          ||||                                    FAILED
            |same|||                                             SEND
            |after|||                                            SEND
            |before|||                                           FAILED
            |yesterday|||                                        SEND
            "a"          |before|||                              SEND
            "b"          |after|||                               FAILED
            ||"a"        ||                                      NOT_MODIFIED
            ||W/"a"      ||                                      NOT_MODIFIED
            ||*          ||                                      NOT_MODIFIED
            ||"b"        ||                                      SEND
            ||"b", W/"a" ||                                      NOT_MODIFIED
            ||a          ||                                      SEND
            |||same|                                             NOT_MODIFIED
            |||after|                                            NOT_MODIFIED
            |||before|                                           SEND
            |||yesterday|                                        SEND
            ||"b"        |after|                                 SEND
            ||"a"        |before|                                NOT_MODIFIED
            "b"          ||"a"||                                 FAILED
            "a"          ||"a"||                                 NOT_MODIFIED
            |before||after|                                      FAILED
            |before|"a"  ||                                      FAILED
            """)
    void theOutcomeIsAsTheRfcWantsIt(
            String ifMatch, String ifUnmodifiedSince, String ifNoneMatch, String ifModifiedSince, Outcome outcome) {
        Conditions conditions =
                new Conditions(null, null, ifMatch, ifNoneMatch, date(ifUnmodifiedSince), date(ifModifiedSince));
        assertThat(conditions.against(NOW)).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "|true",
                "\"a\"|true",
                "W/\"a\"|false",
                "\"b\"|false",
                "*|false",
                "\"a\", \"b\"|false",
                "same|true",
                "before|false",
                "after|false",
                "yesterday|false"
            })
    void aRangeIsOfTheVersionThatIfRangeNames(String ifRange, boolean ranged) {
        Conditions conditions = new Conditions("bytes=0-1", date(ifRange), null, null, null, null);
        assertThat(conditions.rangeFor(NOW)).isEqualTo(ranged ? "bytes=0-1" : null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sun, 06 Nov 1994 08:49:37 GMT|true",
                "Sunday, 06-Nov-94 08:49:37 GMT|true",
                "Sun Nov  6 08:49:37 1994|true",
                "Sun, 06 Nov 1994 08:49:37 UTC|false",
                "Sun, 06 Nov 1994 08:49:37 +0000|false",
                "Mon, 06 Nov 1994 08:49:37 GMT|false",
                "Sun, 32 Nov 1994 08:49:37 GMT|false",
                "Sun, 06 Nov 1994 25:49:37 GMT|false",
                "1994-11-06T08:49:37Z|false",
                "784111777|false",
                "''|false"
            })
    void datesAreReadInTheThreeFormsThatThereAre(String text, boolean read) {
        assertThat(HttpDate.read(text)).isEqualTo(read ? NOW.lastModified() : null);
    }

    @org.junit.jupiter.api.Test
    void aDateIsWrittenInTheOneForm() {
        assertThat(HttpDate.write(NOW.lastModified())).isEqualTo(SAME);
    }

    private static String date(String word) {
        return word == null
                ? null
                : switch (word) {
                    case "same" -> SAME;
                    case "before" -> BEFORE;
                    case "after" -> AFTER;
                    default -> word;
                };
    }
}
