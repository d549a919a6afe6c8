package io.freshet.harness.command;

import io.freshet.harness.Failure;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class KeyTest {

    @Test
    void anEntryHasTheHashOfItsKeyAndEveryKeyIsAnotherOneOf32Bytes() throws NoSuchAlgorithmException {
        Key one = Key.of("ci", "submit+read");
        Key other = Key.of("ci", "submit+read");

        assertThat(one.key()).isNotEqualTo(other.key());
        assertThat(Base64.getUrlDecoder().decode(one.key())).hasSize(32);
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(one.key().getBytes(StandardCharsets.UTF_8));
        assertThat(one.entry()).isEqualTo("ci:submit+read:" + HexFormat.of().formatHex(hash));
    }

    @Test
    void whatIsNoNameAndWhatIsNoRightIsNamed() {
        assertThatThrownBy(() -> Key.of("", "read")).isInstanceOf(Failure.class).hasMessageStartingWith("NAME is ''");
        assertThatThrownBy(() -> Key.of("a:b", "read")).hasMessageStartingWith("NAME is 'a:b'");
        assertThatThrownBy(() -> Key.of("ci", "write")).hasMessageStartingWith("RIGHTS is 'write'");
    }
}
