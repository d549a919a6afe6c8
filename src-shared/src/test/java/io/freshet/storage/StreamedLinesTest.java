package io.freshet.storage;

import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.failure.Permanent;
import io.freshet.instance.InstanceId;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.testing.InMemoryBlobStore;
import io.freshet.testing.Patience;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.Test;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

class StreamedLinesTest {
    private static final InstanceId ID = new InstanceId("a b");

    private final BlobStore blobs = new InMemoryBlobStore(Clock.systemUTC());
    private final byte[] content = new byte[9 << 20];

    StreamedLinesTest() {
        new Random(1).nextBytes(content);
        now(blobs.put(
                "lines/old/one",
                List.of(ByteBuffer.wrap(content)),
                Attributes.ofType("application/x-ndjson"),
                Condition.ALWAYS));
    }

    @Test
    void aCopyStaysWhenTheOriginalGoes() {
        String copy = now(new StreamedLines(blobs).copy("lines/old/one", ID, "two"));
        now(new StreamedLines(blobs).remove(new InstanceId("old"), "one"));

        assertThat(now(blobs.read(copy)).orElseThrow().bytes()).isEqualTo(content);
        assertThat(copy).isEqualTo(InstanceFiles.lines(ID, "two"));
    }

    @Test
    void whereTheServiceCannotCopyTheyPassThroughUs() {
        String copy = now(new StreamedLines(withoutCopy()).copy("lines/old/one", ID, "two"));

        assertThat(now(blobs.read(copy)).orElseThrow().bytes()).isEqualTo(content);
    }

    @Test
    void linesThatAreGoneAreNotFound() {
        Throwable failure = catchThrowable(() -> now(new StreamedLines(blobs).copy("lines/old/none", ID, "two")));

        assertThat(FreshetException.is(failure, FailureCode.NOT_FOUND)).isTrue();
    }

    private BlobStore withoutCopy() {
        return (BlobStore) Proxy.newProxyInstance(
                BlobStore.class.getClassLoader(), new Class<?>[] {BlobStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("stageBlockFrom")) {
                        return Uni.createFrom().failure(new Permanent(FailureCode.NOT_SUPPORTED, "501"));
                    }
                    try {
                        return method.invoke(blobs, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static <T> T now(Uni<T> call) {
        return call.await().atMost(Patience.LIMIT);
    }
}
