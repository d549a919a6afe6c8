package io.freshet.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.failure.Permanent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DashboardBlobTest {

    @Test
    void whatIsWrittenIsRead() {
        ObjectNode state = DashboardBlob.empty().put("at", 17.5);

        assertThat(DashboardBlob.read(DashboardBlob.write(state))).isEqualTo(state);
    }

    @Test
    void whatAnotherVersionWroteIsRefused() {
        byte[] other = DashboardBlob.write(DashboardBlob.empty().put("v", 2));

        assertThatThrownBy(() -> DashboardBlob.read(other)).isInstanceOf(Permanent.class);
        assertThatThrownBy(() -> DashboardBlob.read(new byte[] {1, 2, 3})).isInstanceOf(Permanent.class);
    }
}
