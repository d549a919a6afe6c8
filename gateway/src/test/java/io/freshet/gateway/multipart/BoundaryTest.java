package io.freshet.gateway.multipart;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BoundaryTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "multipart/form-data; boundary=XX | XX",
                "Multipart/Form-Data; BOUNDARY=Xx | Xx",
                "multipart/form-data;charset=utf-8;boundary=XX;x=y | XX",
                "multipart/form-data; boundary=\"X X\" | X X",
                "multipart/form-data; boundary=\"X;\\\"\" ; x | ",
                "multipart/form-data; boundary = XX ; | XX",
                "multipart/form-data; boundary=---===:1/2?'()+_,.9 | ---===:1/2?'()+_,.9",
                "multipart/form-data; boundary=\"open | open",
                "multipart/form-data; boundary=a; boundary=b | a"
            })
    void it_is_read_as_clients_write_it(String contentType, String text) {
        HeaderValue type = HeaderValue.parse(contentType);

        assertThat(type.value()).isEqualTo("multipart/form-data");
        if (text != null) {
            assertThat(Boundary.of(type).text()).isEqualTo(text);
        }
    }

    @Test
    void it_may_have_70_characters() {
        String longest = "b".repeat(70);
        assertThat(Boundary.of(HeaderValue.parse("multipart/form-data; boundary=" + longest))
                        .text())
                .isEqualTo(longest);
        String form = "--" + longest + "\r\nContent-Disposition: form-data; name=file\r\n\r\n{}\r\n--" + longest + "--";
        for (int size = 1; size < 100; size++) {
            assertThat(Pull.inPieces(Pull.form(longest), Pull.bytes(form), List.of(size)))
                    .isEqualTo("{}");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "multipart/form-data | without a boundary",
                "multipart/form-data; | without a boundary",
                "multipart/form-data; boundary | is empty",
                "multipart/form-data; boundary= | is empty",
                "multipart/form-data; boundary=\"\" | is empty",
                "multipart/form-data; boundary=\"ends with \" | not at its end, spaces",
                "multipart/form-data; boundary=a@b | characters that are not allowed",
                "multipart/form-data; boundary=gr\u00FCn | characters that are not allowed"
            })
    void what_is_wrong_with_it_is_told(String contentType, String text) {
        assertRefused(contentType, text);
    }

    @ParameterizedTest
    @ValueSource(ints = {71, 5000})
    void one_that_is_too_long_is_told_with_the_limit(int length) {
        assertRefused(
                "multipart/form-data; boundary=" + "b".repeat(length), "has " + length + " characters: 70 at most");
    }

    private static void assertRefused(String contentType, String text) {
        assertThatThrownBy(() -> Boundary.of(HeaderValue.parse(contentType)))
                .isInstanceOfSatisfying(
                        Permanent.class, e -> assertThat(e.code()).isEqualTo(FailureCode.MALFORMED))
                .hasMessageContaining("boundary")
                .hasMessageContaining(text);
    }
}
