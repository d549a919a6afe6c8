package io.freshet.gateway.jobs;

import io.freshet.azure.AzureCallConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class BulkWritesTest {
    private final BulkWrites bulk = new BulkWrites(new SmallRyeConfigBuilder()
            .withMapping(AzureCallConfig.class)
            .withDefaultValue("freshet.azure.calls.connections", "8")
            .build()
            .getConfigMapping(AzureCallConfig.class));
    private final List<UniEmitter<? super String>> begun = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();

    @Test
    void aQuarterOfTheConnectionsIsUsedAndWhateverEndsMakesRoom() {
        for (int i = 0; i < 4; i++) {
            write();
        }
        assertThat(begun).hasSize(2);

        begun.get(0).complete("done");
        assertThat(begun).hasSize(3);
        begun.get(1).fail(new IllegalStateException("storage is away"));
        assertThat(begun).hasSize(4);

        begun.get(2).complete("done");
        begun.get(3).complete("done");
        write();
        assertThat(begun).hasSize(5);
        assertThat(heard).containsExactly("done", "storage is away", "done", "done");
    }

    @Test
    void aWriteThatCannotEvenBeginMakesRoomToo() {
        for (int i = 0; i < 3; i++) {
            bulk.<String>write(() -> {
                        throw new IllegalStateException("no such thing");
                    })
                    .subscribe()
                    .with(heard::add, t -> heard.add(t.getMessage()));
        }

        assertThat(heard).containsExactly("no such thing", "no such thing", "no such thing");
    }

    private void write() {
        bulk.<String>write(() -> Uni.createFrom().emitter(begun::add))
                .subscribe()
                .with(heard::add, t -> heard.add(t.getMessage()));
    }
}
