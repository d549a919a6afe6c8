package io.freshet.harness.process;

import io.freshet.harness.Failure;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class PortsTest {

    @Test
    void aTakenPortIsRefusedWithTheVariableThatMovesIt() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> Ports.wanted("AZURITE_PORT", port, 3))
                    .isInstanceOf(Failure.class)
                    .hasMessageStartingWith("Port " + port + " is taken: set AZURITE_PORT");
        }
    }

    @Test
    void noPortIsGivenTwice() {
        int first = Ports.free(3);

        assertThatThrownBy(() -> Ports.wanted("GATEWAY_PORT", first + 2, 1)).hasMessageContaining("is taken");
    }
}
