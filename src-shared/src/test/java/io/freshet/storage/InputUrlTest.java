package io.freshet.storage;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class InputUrlTest {
    private static final String PLACE = "https://a.blob.core.windows.net/c/b";
    private static final String SAS = "sv=2026-02-06&se=2026-11-28T00%3A00Z&sr=b&sp=r&sig=a%2Bb%3D";
    private static final String TIME = "2026-11-27T10:00:00.1234567Z";

    @ParameterizedTest
    @ValueSource(
            strings = {
                PLACE,
                "http://127.0.0.1:10000/devstoreaccount1/c/b",
                "https://h/c/a%20b+c%C3%A9",
                "https://h/c/é",
                "//h/c/b",
                "https://h"
            })
    void withoutAQueryAnAddressIsTakenAsItIs(String text) {
        InputUrl url = InputUrl.parse(text);

        assertThat(url.named()).isEqualTo(text);
        assertThat(url.sas()).isEqualTo(Secret.NONE);
    }

    @Test
    void aSasIsKeptApartAsItWasWritten() {
        InputUrl url = InputUrl.parse(PLACE + "?" + SAS);

        assertThat(url.named()).isEqualTo(PLACE);
        assertThat(url.sas().reveal()).isEqualTo(SAS);
        assertThat(url.toString()).doesNotContain("sig=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"snapshot", "versionid", "versionId"})
    void aVersionStaysInTheName(String parameter) {
        String version = parameter + "=" + TIME;

        assertThat(InputUrl.parse(PLACE + "?" + version).named()).isEqualToIgnoringCase(PLACE + "?" + version);
        assertThat(InputUrl.parse(PLACE + "?" + version + "&" + SAS).sas().reveal())
                .isEqualTo(SAS);
        assertThat(InputUrl.parse(PLACE + "?" + parameter + "=" + TIME.replace(":", "%3A"))
                        .named())
                .isEqualToIgnoringCase(PLACE + "?" + version);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not a url | is not a URL",
                "https://h/c/b%zz | is not a URL",
                "nonsense | must be https://<host>/<container>/<blob>",
                "mailto:a@b | must be https://<host>/<container>/<blob>",
                "https://user@h/c/b | must be https://<host>/<container>/<blob>",
                "https://h/c/b#part | must be https://<host>/<container>/<blob>",
                "https://h_x/c/b | must be https://<host>/<container>/<blob>",
                "https://h/c/b?foo=bar | has 'foo' in its query",
                "https://h/c/b?comp=list&sig=x | has 'comp' in its query",
                "https://h/c/b?sv=1&sp=r | has 'sv' in its query",
                "https://h/c/b?a%2Fb%3Dc | has something unknown in its query",
                "https://h/c/b?& | twice",
                "https://h/c/b?sp=r&sp=rw&sig=x | has 'sp' twice in its query",
                "https://h/c/b?sp=r&SP=rw&sig=x | has 'sp' twice in its query",
                "https://h/c/b?sp=r&s%70=rw&sig=x | has 'sp' twice in its query",
                "https://h/c/b?sp=rw&sig=x | just allow to read",
                "https://h/c/b?sp=rl&sig=x | just allow to read",
                "https://h/c/b?sp=%72w&sig=x | just allow to read",
                "https://h/c/b?sp=&sig=x | just allow to read",
                "https://h/c/b?sp=r&ss=b&srt=o&sig=x | SAS for an account",
                "https://h/c/b?sp=r&SS=b&sig=x | SAS for an account",
                "https://h/c/b?snapshot=yesterday | no time such as",
                "https://h/c/b?snapshot=2026-11-27T10:00:00Z%26comp=list | no time such as",
                "https://h/c/b?snapshot=2026-11-27T10:00:00Z&versionid=2026-11-27T10:00:00Z | one of them will do"
            })
    void whatIsNoAddressIsRefusedWithAReason(String text, String reason) {
        assertThatThrownBy(() -> InputUrl.parse(text))
                .isInstanceOfSatisfying(
                        Permanent.class, failure -> assertThat(failure.code()).isEqualTo(FailureCode.ADDRESS_REFUSED))
                .hasMessageContaining(reason);
    }

    @Test
    void aReasonNeverQuotesAValue() {
        assertThatThrownBy(() -> InputUrl.parse(PLACE + "?sp=racwdl&sig=TopSecret"))
                .hasMessageNotContaining("TopSecret");
        assertThatThrownBy(() -> InputUrl.parse(PLACE + "?TopSecret%2B%3D")).hasMessageNotContaining("topsecret");
    }
}
