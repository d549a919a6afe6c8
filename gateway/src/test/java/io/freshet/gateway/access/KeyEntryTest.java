package io.freshet.gateway.access;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KeyEntryTest {
    private static final String HASH = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

    @Test
    void anEntryHasANameItsRightsAndTheHashOfItsKey() {
        KeyEntry entry = KeyEntry.parse("ci:submit+read:" + HASH);

        assertThat(entry.name()).isEqualTo("ci");
        assertThat(entry.roles()).containsExactlyInAnyOrder(Roles.READ, Roles.SUBMIT);
        assertThat(entry.isOf(KeyEntry.hash("secret"))).isTrue();
        assertThat(entry.isOf(KeyEntry.hash("Secret"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ci",
                "ci:read",
                "ci::" + HASH,
                ":read:" + HASH,
                "c:i:read:" + HASH,
                "ci:write:" + HASH,
                "ci:read+:" + HASH,
                "ci:read:secret-in-the-wrong-place",
                "ci:read:" + HASH + "00"
            })
    void whatIsNoneIsRefusedAndNotRepeated(String text) {
        assertThatThrownBy(() -> KeyEntry.parse(text))
                .hasMessageContaining("name:rights:sha256")
                .hasMessageContaining("make key")
                .hasMessageNotContaining("secret-in-the-wrong-place");
    }
}
